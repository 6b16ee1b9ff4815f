package io.tributary.sandbox.quota;

import io.tributary.sandbox.wire.Durations;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * So many calls in any window, or in each window, of a length.
 *
 * @param calls at least 1
 */
public record Limit(int calls, Duration window, Kind kind) {
    /** How a window lies in time. */
    public enum Kind {
        /** Any stretch of the length holds at most the limit. */
        SLIDING,
        /** The window opens at the first call and counts until it closes; the next call opens another. */
        FIXED;

        private Meter meter(Limit limit) {
            return switch (this) {
                case SLIDING -> new SlidingMeter(limit.calls(), limit.window().toNanos());
                case FIXED -> new FixedMeter(limit.calls(), limit.window().toNanos());
            };
        }
    }

    public Limit {
        if (calls < 1 || window.isZero() || window.isNegative()) {
            throw new IllegalArgumentException("a limit needs at least 1 call in a positive window");
        }
    }

    /** This limit times a factor, never below one call. */
    public Limit times(double factor) {
        return new Limit((int) Math.max(1, Math.min(100_000_000, Math.round(calls * factor))), window, kind);
    }

    /** The window's length as people write it: {@code 1m}. */
    public String windowName() {
        return Durations.write(window);
    }

    /**
     * Reads a list such as {@code 15/1s,500/1m}.
     *
     * @throws IllegalArgumentException naming the part that is wrong
     */
    public static List<Limit> parseAll(String text, Kind kind) {
        return Arrays.stream(text.split(",")).map(part -> parse(part, kind)).toList();
    }

    Meter meter() {
        return kind.meter(this);
    }

    private static Limit parse(String text, Kind kind) {
        int slash = text.indexOf('/');
        try {
            return new Limit(
                    Integer.parseInt(text.substring(0, slash).strip()),
                    Durations.parse(text.substring(slash + 1)),
                    kind);
        } catch (IndexOutOfBoundsException | NumberFormatException malformed) {
            throw new IllegalArgumentException("\"" + text + "\" is not a limit; write 15/1s", malformed);
        }
    }
}
