/**
 * One class per simulated provider: its paths, credentials, bodies, prices and ways to refuse, and nothing of quotas,
 * faults or sockets. Start at {@link io.tributary.sandbox.dialect.Dialect}.
 */
package io.tributary.sandbox.dialect;
