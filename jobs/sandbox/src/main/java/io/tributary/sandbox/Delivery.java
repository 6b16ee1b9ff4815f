package io.tributary.sandbox;

import io.tributary.sandbox.wire.Reply;

/**
 * A reply and how it goes out.
 *
 * @param delayNanos how long the provider takes
 * @param pauseNanos the pause of a slow body, or how long a hanging connection stays open
 */
record Delivery(Reply reply, Manner manner, long delayNanos, long pauseNanos) {
    /** Ways in which a reply can go out. */
    enum Manner {
        WHOLE,
        /** Half of the announced body, then the connection closes. */
        TORN,
        /** Half of the body, a pause, the other half. */
        SLOW,
        /** Nothing; the connection is reset. */
        RESET,
        /** Nothing; the connection closes after the pause. */
        HANG
    }

    static Delivery atOnce(Reply reply) {
        return new Delivery(reply, Manner.WHOLE, 0, 0);
    }
}
