package io.tributary.sandbox;

import io.tributary.sandbox.wire.Reply;
import java.util.List;

/**
 * A reply and how it goes out.
 *
 * @param delayNanos how long the provider takes
 * @param pauseNanos the pause of a slow body, or how long a hanging connection stays open
 * @param parts what a streamed reply has for a body; nothing in every other manner
 */
record Delivery(Reply reply, Manner manner, long delayNanos, long pauseNanos, Iterable<byte[]> parts) {
    /** Ways in which a reply can go out. */
    enum Manner {
        WHOLE,
        /** Part by part, of unannounced length. */
        STREAM,
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
        return new Delivery(reply, Manner.WHOLE, 0, 0, List.of());
    }

    static Delivery streamed(Reply head, Iterable<byte[]> parts) {
        return new Delivery(head, Manner.STREAM, 0, 0, parts);
    }
}
