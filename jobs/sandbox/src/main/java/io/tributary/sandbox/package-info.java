/**
 * Starts the sandbox, in process or from the command line, and leads each request through key, windows, faults, answer and
 * ledger; no provider's format lives here. Start at {@link io.tributary.sandbox.SandboxServer}.
 */
package io.tributary.sandbox;
