/**
 * Turns what a CRM row says of a person or a company into lookup keys and the inputs that may be sent to a provider: pure
 * functions over {@code model}, no clock, no network, no knowledge of providers or tables. Start at
 * {@link io.tributary.identity.Identify}.
 */
package io.tributary.identity;
