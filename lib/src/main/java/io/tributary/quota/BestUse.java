package io.tributary.quota;

import io.tributary.provider.QuotaWindow;
import java.time.Duration;
import java.util.List;

/**
 * The most that could be made of a quota: the calls of a client that works without a break, whose calls arrive in no time,
 * spread within the shortest window. What real use is measured by.
 */
public final class BestUse {
    private BestUse() {}

    /** How many calls of one ask such a client makes within a time that begins with its first call. */
    public static long calls(List<QuotaWindow> windows, Duration time) {
        if (windows.isEmpty()) {
            throw new IllegalArgumentException("without a window nothing bounds the calls");
        }
        double spacing = 0;
        Duration shortest = windows.get(0).per();
        for (QuotaWindow window : windows) {
            if (window.per().compareTo(shortest) <= 0) {
                shortest = window.per();
                spacing = Math.max(spacing, (double) window.per().toNanos() / window.calls());
            }
        }
        int most = windows.stream().mapToInt(QuotaWindow::calls).max().orElseThrow();
        double[] latest = new double[most];
        double next = 0;
        long made = 0;
        while (next < time.toNanos()) {
            latest[(int) (made % most)] = next;
            made++;
            next += spacing;
            for (QuotaWindow window : windows) {
                if (made >= window.calls()) {
                    double leaves = latest[(int) ((made - window.calls()) % most)]
                            + window.per().toNanos();
                    next = Math.max(next, leaves);
                }
            }
        }
        return made;
    }
}
