/**
 * What was asked, answered and billed, per provider: counts and a list of calls, with no HTTP in it. Start at
 * {@link io.tributary.sandbox.ledger.ProviderLedger}.
 */
package io.tributary.sandbox.ledger;
