package io.tributary.coordinator;

import io.tributary.provider.QuotaWindow;
import io.tributary.quota.BestUse;
import io.tributary.quota.Lease;
import io.tributary.quota.Report;
import io.tributary.quota.Stalls;
import io.tributary.quota.WindowId;
import java.time.Duration;
import java.time.InstantSource;
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
    /** For how many times what executors want other runs are asked: that is done less often than executors ask. */
    private static final double AHEAD = 3;

    private final LongSupplier nanos;
    private final InstantSource wall;
    private final Terms terms;
    private final boolean ledger;
    private final Map<String, Book> books = new TreeMap<>();
    private final Set<String> gone = new HashSet<>();

    /** One provider: its coordinator, and the newest report of every executor that ever sent one. */
    private static final class Book {
        private final List<QuotaWindow> windows;
        private final Coordinator coordinator;
        private final Map<String, Report> newest = new HashMap<>();
        private final Set<WindowId> seen = new HashSet<>();
        private long firstNanos;
        private long lastNanos;

        /** What other runs leave to this one; all of it where there is no ledger that they share. */
        private RunShares.Part part = new RunShares.Part(Map.of(), true);

        private long partUntilNanos;

        Book(List<QuotaWindow> windows, InstantSource wall, Terms terms, boolean ledger) {
            this.windows = windows;
            this.coordinator =
                    new Coordinator(windows, wall, terms, ledger ? new Allotted() : Coordinator.Allotments.whole());
        }

        private final class Allotted implements Coordinator.Allotments {
            @Override
            public Allotment of(WindowId id, QuotaWindow window) {
                return part.allotments().getOrDefault(id, new Allotment(0, 0));
            }

            @Override
            public boolean knows(WindowId id) {
                return part.allotments().containsKey(id);
            }

            @Override
            public long lastNanos(long nowNanos) {
                return Math.max(0, partUntilNanos - nowNanos);
            }
        }

        /** The most calls that its windows let through in a time; -1 where none bounds them. */
        private long allowed(Duration time) {
            Map<String, List<QuotaWindow>> byScope = new HashMap<>();
            seen.forEach(id -> byScope.computeIfAbsent(id.scope(), scope -> new ArrayList<>())
                    .add(windows.get(id.number())));
            Map<String, Long> byKind = new HashMap<>();
            byScope.values().forEach(some -> {
                QuotaWindow one = some.get(0);
                byKind.merge(one.perEndpoint() + " " + one.perKey(), BestUse.calls(some, time), Long::sum);
            });
            return byKind.values().stream().mapToLong(Long::longValue).min().orElse(-1);
        }
    }

    /**
     * For a run that has its quotas for itself.
     *
     * @param nanos an elapsed clock
     * @param wall the time of day
     */
    public QuotaDesk(LongSupplier nanos, InstantSource wall, Terms terms) {
        this(nanos, wall, terms, false);
    }

    private QuotaDesk(LongSupplier nanos, InstantSource wall, Terms terms, boolean ledger) {
        this.nanos = nanos;
        this.wall = wall;
        this.terms = terms;
        this.ledger = ledger;
    }

    /** For a run that shares its quotas with others: it has nothing until it is {@linkplain #allot allotted} something. */
    public static QuotaDesk sharing(LongSupplier nanos, InstantSource wall, Terms terms) {
        return new QuotaDesk(nanos, wall, terms, true);
    }

    /** Takes a provider on; before the first report. */
    public synchronized QuotaDesk with(String provider, List<QuotaWindow> windows) {
        books.put(provider, new Book(List.copyOf(windows), wall, terms, ledger));
        return this;
    }

    /**
     * Hears what an executor uses and wants of a provider.
     *
     * @return what it may do; nothing if a later report of it was heard before, or it was given up
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
        report.windows().forEach(use -> book.seen.add(use.id()));
        // Its tasks are tried again elsewhere: if it lives after all, it must not go on with them.
        return gone.contains(executor) ? Optional.empty() : book.coordinator.report(executor, report, now);
    }

    /** No provider is asked any more in this run, as executors hear by their next reports. */
    public synchronized void close(String reason) {
        books.values().forEach(book -> book.coordinator.close(reason));
    }

    /** That executor's process has ended, or was given up: it has no lease any more. */
    public synchronized void gone(String executor) {
        gone.add(executor);
        long now = nanos.getAsLong();
        books.values().forEach(book -> book.coordinator.gone(executor, now));
    }

    /**
     * What this run uses and wants of each provider that it has to do with. From now on it uses no more than it says to hold,
     * until it is {@linkplain #allot allotted} more.
     */
    public synchronized Map<String, RunShares.Wish> wishes() {
        long now = nanos.getAsLong();
        Map<String, RunShares.Wish> wishes = new TreeMap<>();
        books.forEach((provider, book) -> {
            if (now - book.partUntilNanos >= 0) {
                // It may be another's by now.
                book.part = new RunShares.Part(Map.of(), false);
            }
            List<Report.Use> uses = book.coordinator.use(AHEAD, now);
            if (!uses.isEmpty()) {
                Map<WindowId, Allotment> held = new HashMap<>();
                List<Report.Use> said = new ArrayList<>();
                for (Report.Use use : uses) {
                    Allotment before = book.part.allotments().getOrDefault(use.id(), new Allotment(0, 0));
                    // Who was alone keeps all of it until another run shows itself.
                    boolean keeps = book.part.alone()
                            && RunShares.mayHoldAll(book.windows.get(use.id().number()));
                    int holds = keeps ? Math.max(use.held(), before.held()) : use.held();
                    held.put(use.id(), new Allotment(Math.min(before.held(), holds), before.elsewhere()));
                    said.add(use.holding(holds));
                }
                book.part = new RunShares.Part(held, book.part.alone());
                wishes.put(provider, new RunShares.Wish(book.windows, said));
            }
        });
        return wishes;
    }

    /**
     * What this run may use from now on.
     *
     * @param untilNanos on the elapsed clock
     */
    public synchronized void allot(Map<String, RunShares.Part> parts, long untilNanos) {
        parts.forEach((provider, part) -> {
            Book book = books.get(provider);
            book.part = part;
            book.partUntilNanos = untilNanos;
        });
    }

    /** Whether executors use windows of which nobody has asked other runs yet. */
    public synchronized boolean isNew() {
        return books.values().stream()
                .anyMatch(book -> !book.part.allotments().keySet().containsAll(book.seen));
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
                        stalled,
                        book.coordinator.othersUse().values().stream()
                                .mapToInt(Integer::intValue)
                                .max()
                                .orElse(0)));
            }
        });
        return uses;
    }
}
