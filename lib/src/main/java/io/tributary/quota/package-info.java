/**
 * The arithmetic of rate, concurrency and credits: it is told the time, never waits, and opens no socket. Start at
 * {@link io.tributary.quota.Gate}.
 */
package io.tributary.quota;
