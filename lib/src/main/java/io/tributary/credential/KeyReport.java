package io.tributary.credential;

/**
 * What became of one key in a run; it can be printed.
 *
 * @param reference where the key is kept, never the key
 * @param live whether it was still in use at the end
 * @param reason why not: a stable code, else empty
 * @param calls made with it
 * @param refused of these, not accepted
 * @param lastMillis when it was last used, epoch milliseconds; 0 for never
 */
public record KeyReport(
        String provider, String reference, boolean live, String reason, long calls, long refused, long lastMillis) {}
