package io.tributary.coordinator;

import io.tributary.provider.QuotaWindow;
import io.tributary.quota.Admission;
import io.tributary.quota.BestUse;
import io.tributary.quota.Gate;
import io.tributary.quota.GateSettings;
import io.tributary.quota.Lease;
import io.tributary.quota.Report;
import io.tributary.quota.Share;
import io.tributary.quota.TokenPacer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Executors, their gates and the coordinator on one thread and simulated time: skewed work, clocks of different rates, late
 * and lost messages, freezes, deaths and newcomers. The judge is a provider that counts arrivals in strict sliding
 * windows. The same seed gives the same night.
 */
final class Simulation {
    static final long MILLI = 1_000_000;
    static final long SECOND = 1000 * MILLI;
    private static final long LEAST_BETWEEN_REPORTS = 25 * MILLI;

    /**
     * A night.
     *
     * @param work calls of each executor, as many as there are executors
     * @param rttMillis the median time from sending to answer; it varies by a factor of up to four
     * @param loss the part of messages to and from the coordinator that is lost
     * @param lateMillis what a message may be late at most
     * @param drift the most by which a clock's rate differs from true time
     */
    record Night(
            List<QuotaWindow> windows,
            long[] work,
            double rttMillis,
            double loss,
            double lateMillis,
            double drift,
            Duration atMost,
            long seed) {}

    /** What came of it. */
    record Outcome(List<QuotaWindow> windows, List<Long> arrivals, long toNanos, int excess, long left) {
        /** Of the calls that the windows allow from the first one until little is left to do. */
        double used() {
            return used(arrivals.isEmpty() ? 0 : arrivals.get(0), toNanos);
        }

        /** Of the calls that the shortest window allows in a while. */
        double usedBetween(double fromSeconds, double toSeconds) {
            long from = (long) (fromSeconds * SECOND);
            long to = (long) (toSeconds * SECOND);
            QuotaWindow shortest = windows.get(0);
            long allowed = (to - from) * shortest.calls() / shortest.per().toNanos();
            return (double) arrivals.stream()
                            .filter(at -> at >= from && at < to)
                            .count()
                    / allowed;
        }

        private double used(long from, long to) {
            long best = BestUse.calls(windows, Duration.ofNanos(Math.max(1, to - from)));
            return (double) arrivals.stream()
                            .filter(at -> at >= from && at <= to)
                            .count()
                    / best;
        }
    }

    private record Event(long at, long order, int of, Runnable action) {}

    private final Night night;
    private final Random random;
    private final PriorityQueue<Event> events = new PriorityQueue<>(
            (a, b) -> a.at() != b.at() ? Long.compare(a.at(), b.at()) : Long.compare(a.order(), b.order()));
    private final Coordinator coordinator;
    private final Executor[] executors;
    private final List<Long> arrivals = new ArrayList<>();
    private long now;
    private long orders;
    private long left;
    private long measuredTo = -1;

    Simulation(Night night) {
        this.night = night;
        this.random = new Random(night.seed());
        this.coordinator =
                new Coordinator(night.windows(), InstantSource.system(), Terms.DEFAULT, Coordinator.Allotments.whole());
        this.executors = new Executor[night.work().length];
        for (int i = 0; i < executors.length; i++) {
            executors[i] = new Executor(i, night.work()[i]);
            left += night.work()[i];
        }
    }

    /** Something that happens in the night, at a time in seconds. */
    Simulation at(double seconds, Consumer<Simulation> what) {
        schedule((long) (seconds * SECOND), -1, () -> what.accept(this));
        return this;
    }

    void freeze(int executor, double seconds) {
        executors[executor].frozenUntil = now + (long) (seconds * SECOND);
    }

    void add(int executor, long calls) {
        left += calls;
        executors[executor].add(calls);
    }

    /** @param told whether the coordinator hears of it; else it only falls silent */
    void kill(int executor, boolean told) {
        Executor dead = executors[executor];
        dead.dead = true;
        // Its work goes to another, as a task that is tried again.
        executors[(executor + 1) % executors.length].add(dead.backlog);
        dead.backlog = 0;
        if (told) {
            schedule(now + 100 * MILLI, -1, () -> coordinator.gone(dead.name, now));
        }
    }

    Outcome run() {
        for (Executor executor : executors) {
            executor.start();
        }
        long end = night.atMost().toNanos();
        while (!events.isEmpty() && now < end) {
            Event next = events.remove();
            now = next.at();
            Executor of = next.of() < 0 ? null : executors[next.of()];
            if (of != null && of.dead) {
                continue;
            }
            if (of != null && of.frozenUntil > now) {
                schedule(of.frozenUntil, next.of(), next.action());
                continue;
            }
            next.action().run();
        }
        arrivals.sort(Long::compare);
        return new Outcome(night.windows(), arrivals, measuredTo < 0 ? Math.min(now, end) : measuredTo, excess(), left);
    }

    /** By how many arrivals any window was passed at its worst. */
    private int excess() {
        int worst = 0;
        for (QuotaWindow window : night.windows()) {
            int first = 0;
            for (int last = 0; last < arrivals.size(); last++) {
                while (arrivals.get(last) - arrivals.get(first) >= window.per().toNanos()) {
                    first++;
                }
                worst = Math.max(worst, last - first + 1 - window.calls());
            }
        }
        return worst;
    }

    private void schedule(long at, int of, Runnable action) {
        events.add(new Event(Math.max(at, now), orders++, of, action));
    }

    private long rtt() {
        return (long) (night.rttMillis() * MILLI * (0.7 + Math.pow(random.nextDouble(), 6) * 3.3));
    }

    private long delay() {
        return (long) (MILLI * (0.5 + random.nextDouble() * night.lateMillis()));
    }

    private boolean lost() {
        return random.nextDouble() < night.loss();
    }

    private final class Executor {
        private final int index;
        private final String name;
        private final double rate;
        private final long offset;
        private final Gate gate;
        private long backlog;
        private long told;
        private boolean dead;
        private long frozenUntil;
        private boolean listening;
        private long pumpDue = Long.MAX_VALUE;
        private long reportDue = Long.MAX_VALUE;
        private long lastReport = -SECOND;

        Executor(int index, long backlog) {
            this.index = index;
            this.name = "e" + index;
            this.backlog = backlog;
            this.rate = 1 + (random.nextDouble() * 2 - 1) * night.drift();
            this.offset = random.nextLong() >>> 8;
            this.gate = Gate.leased(
                    night.windows(),
                    GateSettings.of(Share.ALL, 10_000),
                    TokenPacer::new,
                    InstantSource.system(),
                    this::hungry);
        }

        private long local() {
            return local(now);
        }

        private long local(long at) {
            return offset + (long) (at * rate);
        }

        private long global(long local) {
            return (long) Math.ceil((local - offset) / rate);
        }

        void start() {
            schedule(random.nextInt((int) (50 * MILLI)), index, this::pump);
        }

        void add(long calls) {
            backlog += calls;
            schedule(now, index, this::pump);
        }

        /** At most a thousand calls are before the gate at once, as tasks do it. */
        private void tell() {
            long before = Math.min(1000, backlog);
            if (before != told) {
                gate.waiting("", (int) (before - told), (int) (before - told), local());
                told = before;
            }
        }

        private void pump() {
            tell();
            while (backlog > 0) {
                Admission admission = gate.admit("", local());
                if (admission instanceof Admission.Granted granted) {
                    send(granted);
                } else {
                    if (admission instanceof Admission.NotBefore later) {
                        again(global(later.nanos()));
                    }
                    listen();
                    return;
                }
            }
        }

        private void listen() {
            if (!listening) {
                listening = true;
                gate.onRelease(() -> {
                    listening = false;
                    again(now);
                });
            }
        }

        private void again(long at) {
            if (at < pumpDue) {
                pumpDue = at;
                schedule(at, index, () -> {
                    if (pumpDue <= now) {
                        pumpDue = Long.MAX_VALUE;
                        pump();
                    }
                });
            }
        }

        private void send(Admission.Granted granted) {
            backlog--;
            left--;
            tell();
            long trip = rtt();
            // What was handed to the network arrives, whatever becomes of its sender.
            schedule(now + (long) (random.nextDouble() * trip), -1, () -> arrivals.add(now));
            schedule(now + trip, index, () -> gate.answered(granted.permit(), local()));
            int window =
                    night.windows().stream().mapToInt(QuotaWindow::calls).min().orElseThrow();
            if (measuredTo < 0 && left < window) {
                measuredTo = now;
            }
        }

        private void hungry() {
            due(Math.max(now, lastReport + LEAST_BETWEEN_REPORTS));
        }

        private void due(long at) {
            if (at < reportDue) {
                reportDue = at;
                schedule(at, index, () -> {
                    if (reportDue <= now) {
                        report();
                    }
                });
            }
        }

        private void report() {
            reportDue = Long.MAX_VALUE;
            lastReport = now;
            long made = local();
            Report report = gate.report(made);
            // Without an answer it is said again.
            due(now + 200 * MILLI);
            if (!lost()) {
                schedule(now + delay(), -1, () -> coordinator
                        .report(name, report, now)
                        .filter(lease -> !lost())
                        .ifPresent(lease -> schedule(now + delay(), index, () -> heard(lease, made))));
            }
        }

        private void heard(Lease lease, long made) {
            gate.lease(lease, made, local());
            reportDue = Long.MAX_VALUE;
            if (backlog > 0 || gate.isBusy()) {
                due(now + lease.againNanos());
            }
        }
    }
}
