package io.tributary.coordinator;

import io.tributary.provider.QuotaWindow;
import io.tributary.quota.BestUse;
import io.tributary.quota.GateSettings;
import io.tributary.quota.Lease;
import io.tributary.quota.Report;
import io.tributary.quota.Share;
import io.tributary.quota.Stalls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** The quotas of all providers of a run, on the driver. Thread-safe. */
public final class QuotaDesk {
    private final LongSupplier nanos;
    private final Terms terms;
    private final Map<String, Book> books = new TreeMap<>();

    /** One provider: its coordinator, and the newest report of every executor that ever sent one. */
    private static final class Book {
        private final List<QuotaWindow> windows;
        private final Coordinator coordinator;
        private final Map<String, Report> newest = new HashMap<>();
        private final Set<String> endpoints = new HashSet<>();
        private long firstNanos;
        private long lastNanos;

        Book(List<QuotaWindow> windows, Terms terms) {
            this.windows = windows;
            GateSettings usual = GateSettings.of(Share.ALL, 1);
            this.coordinator = new Coordinator(windows, length -> usual.occupiedNanos(Duration.ofNanos(length)), terms);
        }

        /** The most calls that its windows let through in a time; -1 where none bounds them. */
        private long allowed(Duration time) {
            long allowed = Long.MAX_VALUE;
            for (boolean perEndpoint : new boolean[] {false, true}) {
                List<QuotaWindow> some = windows.stream()
                        .filter(window -> window.perEndpoint() == perEndpoint)
                        .toList();
                if (!some.isEmpty()) {
                    long each = BestUse.calls(some, time);
                    long many =
                            endpoints.stream().filter(name -> !name.isEmpty()).count();
                    allowed = Math.min(allowed, perEndpoint ? each * Math.max(1, many) : each);
                }
            }
            return allowed == Long.MAX_VALUE ? -1 : allowed;
        }
    }

    /** @param nanos an elapsed clock */
    public QuotaDesk(LongSupplier nanos, Terms terms) {
        this.nanos = nanos;
        this.terms = terms;
    }

    /** Takes a provider on; before the first report. */
    public synchronized QuotaDesk with(String provider, List<QuotaWindow> windows) {
        books.put(provider, new Book(List.copyOf(windows), terms));
        return this;
    }

    /**
     * Hears what an executor uses and wants of a provider.
     *
     * @return what it may do; nothing if a later report of it was heard before
     * @throws IllegalArgumentException if the provider is none of this run
     */
    public synchronized Optional<Lease> report(String executor, String provider, Report report) {
        Book book = books.get(provider);
        if (book == null) {
            throw new IllegalArgumentException("no provider of this run is called " + provider);
        }
        long now = nanos.getAsLong();
        if (book.newest.isEmpty()) {
            book.firstNanos = now;
        }
        Report before = book.newest.get(executor);
        if (before == null || before.sent() < report.sent()) {
            book.lastNanos = now;
        }
        book.newest.put(executor, report);
        report.windows().forEach(use -> book.endpoints.add(use.id().endpoint()));
        return book.coordinator.report(executor, report, now);
    }

    /** That executor's process has ended. */
    public synchronized void gone(String executor) {
        long now = nanos.getAsLong();
        books.values().forEach(book -> book.coordinator.gone(executor, now));
    }

    /** What became of each quota so far, by provider; none of those that were not asked. */
    public synchronized List<QuotaUse> use() {
        List<QuotaUse> uses = new ArrayList<>();
        books.forEach((provider, book) -> {
            long sent = book.newest.values().stream().mapToLong(Report::sent).sum();
            if (sent > 0) {
                Map<Stalls.Cause, Long> stalled = new EnumMap<>(Stalls.Cause.class);
                book.newest.values().forEach(report -> report.stalledNanos()
                        .forEach((cause, time) -> stalled.merge(cause, time, Long::sum)));
                Duration at = Duration.ofNanos(Math.max(1, book.lastNanos - book.firstNanos));
                uses.add(new QuotaUse(
                        provider,
                        book.allowed(at),
                        sent,
                        book.newest.values().stream().mapToLong(Report::refused).sum(),
                        stalled));
            }
        });
        return uses;
    }
}
