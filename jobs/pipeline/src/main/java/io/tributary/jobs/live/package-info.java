/**
 * Asks a provider by hand, a few calls, outside of any run: to record what it says, and to try a provider's file. Nothing
 * here reads a lake, writes a journal or retries. Start at {@link io.tributary.jobs.live.LiveProvider}.
 */
package io.tributary.jobs.live;
