package io.tributary.credential;

/**
 * What a key was used for since the last report.
 *
 * @param key its place in the rotation set
 * @param calls made with it
 * @param refused how often the provider did not accept it; a call may be counted in the report before
 * @param lastMillis when it was last used, epoch milliseconds of the wall clock
 */
public record KeyUse(int key, long calls, long refused, long lastMillis) {
    public KeyUse {
        if (calls < 0 || refused < 0) {
            throw new IllegalArgumentException("a key can't be used less than never");
        }
    }
}
