package io.tributary.sandbox.quota;

import java.util.List;

/**
 * Whether a call was let through, and how full the windows of its scope are after it.
 *
 * @param windows empty where no limit applies
 */
public record Decision(boolean granted, List<WindowUse> windows) {
    /** When every full window has room again; {@code nowNanos} if none is full. */
    public long opensAtNanos(long nowNanos) {
        return windows.stream()
                .filter(use -> use.remaining() == 0)
                .mapToLong(WindowUse::resetsAtNanos)
                .max()
                .orElse(nowNanos);
    }
}
