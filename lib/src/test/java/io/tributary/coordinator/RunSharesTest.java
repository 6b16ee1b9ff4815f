package io.tributary.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.provider.QuotaWindow;
import io.tributary.quota.Admission;
import io.tributary.quota.Gate;
import io.tributary.quota.GateSettings;
import io.tributary.quota.Permit;
import io.tributary.quota.Share;
import io.tributary.quota.TokenPacer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/**
 * Runs that know each other by one written state only, each with an executor of its own: on one simulated clock, with clocks
 * that differ, writes that fail, runs that die. The judge is a provider with strict sliding windows.
 */
class RunSharesTest {
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1000 * MILLI;
    private static final Instant EPOCH = Instant.parse("2026-11-27T02:00:00Z");

    private final List<Long> arrivals = new ArrayList<>();
    private RunShares.State state = RunShares.State.EMPTY;
    private long now = 1;

    private final class Run {
        private final String name;
        private final Claim claim;
        private final List<QuotaWindow> windows;
        private final Random random;
        private final double failing;
        private final long skewNanos;
        private final QuotaDesk desk;
        private final Gate gate;
        private final PriorityQueue<Object[]> open =
                new PriorityQueue<>((a, b) -> Long.compare((Long) a[0], (Long) b[0]));
        private int left;
        private int sent;
        private int told;
        private boolean dead;
        private long reportAt;
        private long showAt;

        Run(String name, Claim claim, List<QuotaWindow> windows, int work, Random random, double failing, long skew) {
            this.name = name;
            this.claim = claim;
            this.windows = windows;
            this.left = work;
            this.random = random;
            this.failing = failing;
            this.skewNanos = skew;
            this.desk = QuotaDesk.sharing(() -> now, this::wall, Terms.DEFAULT).with("acme", windows);
            this.gate = Gate.leased(
                    windows, GateSettings.of(Share.ALL, 1000), TokenPacer::new, (InstantSource) this::wall, () -> {});
        }

        private Instant wall() {
            return EPOCH.plusNanos(now + skewNanos);
        }

        void step() {
            if (dead) {
                return;
            }
            while (!open.isEmpty() && (Long) open.peek()[0] <= now) {
                gate.answered((Permit) open.remove()[1], now);
            }
            tell();
            while (left > 0 && gate.admit("", now) instanceof Admission.Granted granted) {
                left--;
                sent++;
                tell();
                long trip = (long) ((2 + random.nextDouble() * 8) * MILLI);
                arrivals.add(now + (long) (random.nextDouble() * trip));
                open.add(new Object[] {now + trip, granted.permit()});
            }
            if (now >= reportAt) {
                long made = now;
                reportAt = now
                        + desk.report("1", "acme", gate.report(now))
                                .map(lease -> {
                                    gate.lease(lease, made, now);
                                    return lease.againNanos();
                                })
                                .orElse(200 * MILLI);
            }
            if (now >= showAt || desk.isNew()) {
                show();
            }
        }

        private void tell() {
            int before = Math.min(1000, left);
            gate.waiting("", before - told, before - told, now);
            told = before;
        }

        private void show() {
            showAt = now + RunShares.again().toNanos();
            Map<String, RunShares.Wish> wishes = desk.wishes();
            RunShares.Settled settled = RunShares.exchange(state, name, claim, wishes, wall());
            double luck = random.nextDouble();
            if (luck < failing / 2) {
                return;
            }
            state = settled.state();
            // Written, although the writer was told otherwise.
            if (luck >= failing) {
                desk.allot(settled.parts(), now + RunShares.lease().toNanos());
            }
        }

        void end() {
            state = RunShares.gone(state, name, claim, desk.wishes(), wall());
            dead = true;
        }
    }

    private void until(double seconds, Run... runs) {
        while (now < seconds * SECOND) {
            now += 2 * MILLI;
            for (Run run : runs) {
                run.step();
            }
        }
    }

    private int busiest(QuotaWindow window) {
        List<Long> sorted = arrivals.stream().sorted().toList();
        int most = 0;
        int first = 0;
        for (int last = 0; last < sorted.size(); last++) {
            while (sorted.get(last) - sorted.get(first) >= window.per().toNanos()) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most;
    }

    private Run run(String name, Claim claim, List<QuotaWindow> windows, int work) {
        return new Run(name, claim, windows, work, new Random(name.hashCode()), 0, 0);
    }

    private static final List<QuotaWindow> HUNDRED = List.of(new QuotaWindow(100, Duration.ofSeconds(1), false));

    @Test
    void whoIsAloneHasAllAndTwoPartItEvenly() {
        Run first = run("first", Claim.EQUAL, HUNDRED, 100_000);
        until(20, first);
        assertTrue(first.sent >= 0.95 * 2000, "alone, " + first.sent + " in 20 s");
        Run second = run("second", Claim.EQUAL, HUNDRED, 100_000);
        until(30, first, second);
        int before = first.sent;
        until(60, first, second);
        assertEquals(1500, first.sent - before, 75);
        assertTrue(arrivals.size() >= 0.95 * 6000, arrivals.size() + " together in 60 s");
        assertTrue(busiest(HUNDRED.get(0)) <= 100);
    }

    @Test
    void weightsPartItAndWhoCanUseLessLeavesTheRest() {
        Run heavy = run("heavy", new Claim(0, 3), HUNDRED, 100_000);
        Run light = run("light", Claim.EQUAL, HUNDRED, 100_000);
        until(10, heavy, light);
        int before = heavy.sent;
        until(40, heavy, light);
        assertEquals(2250, heavy.sent - before, 120);
    }

    @Test
    void aBackfillTakesWhatANightlyLeaves() {
        Run backfill = run("backfill", Claim.EQUAL, HUNDRED, 100_000);
        until(10, backfill);
        Run nightly = run("nightly", new Claim(10, 1), HUNDRED, 2500);
        until(16, backfill, nightly);
        int before = backfill.sent;
        until(30, backfill, nightly);
        assertTrue(backfill.sent - before < 50, "it sent " + (backfill.sent - before) + " while the nightly had work");
        until(45, backfill, nightly);
        nightly.end();
        int again = backfill.sent;
        until(60, backfill, nightly);
        assertTrue(backfill.sent - again > 1300, "and all of it afterwards: " + (backfill.sent - again));
        assertTrue(busiest(HUNDRED.get(0)) <= 100);
    }

    @Test
    void theNextRunKnowsWhatTheLastOneUsedOfTheHour() {
        List<QuotaWindow> windows = List.of(
                new QuotaWindow(50, Duration.ofSeconds(1), false), new QuotaWindow(1000, Duration.ofHours(1), false));
        Run evening = run("evening", Claim.EQUAL, windows, 700);
        until(30, evening);
        evening.end();
        Run night = run("night", Claim.EQUAL, windows, 700);
        until(1800, night);
        assertEquals(300, night.sent, 2);
        until(3640 + 60, night);
        assertEquals(700, night.sent);
        assertTrue(busiest(windows.get(1)) <= 1000);
    }

    @Test
    void aRunThatDiesLeavesALeaseThatRunsOut() {
        Run dead = run("dead", Claim.EQUAL, HUNDRED, 100_000);
        until(10, dead);
        dead.dead = true;
        Run next = run("next", Claim.EQUAL, HUNDRED, 100_000);
        until(30, dead, next);
        assertEquals(0, next.sent, "the dead one may only be silent");
        until(60, dead, next);
        assertTrue(next.sent > 1500, "from about 45 s on: " + next.sent);
        assertTrue(busiest(HUNDRED.get(0)) <= 100);
    }

    @Property(tries = 12)
    void noWindowIsEverPassedWhateverIsLostAndWhoeverDies(@ForAll Random random) {
        arrivals.clear();
        state = RunShares.State.EMPTY;
        now = 1;
        List<QuotaWindow> windows = List.of(
                new QuotaWindow(10 + random.nextInt(90), Duration.ofSeconds(1), false),
                new QuotaWindow(500 + random.nextInt(1500), Duration.ofMinutes(1), false));
        Run[] runs = new Run[2 + random.nextInt(3)];
        double[] dies = new double[runs.length];
        for (int i = 0; i < runs.length; i++) {
            long skew = (long) ((random.nextDouble() - 0.5) * 4.9 * SECOND);
            runs[i] = new Run(
                    "run" + i, new Claim(random.nextInt(2), 1 + random.nextInt(5)), windows, 4000, random, 0.2, skew);
            dies[i] = random.nextDouble() * 150;
        }
        for (int second = 5; second <= 100; second += 5) {
            until(second, runs);
            for (int i = 0; i < runs.length; i++) {
                if (second > dies[i] && !runs[i].dead) {
                    if (random.nextBoolean()) {
                        runs[i].end();
                    } else {
                        runs[i].dead = true;
                    }
                }
            }
        }
        for (QuotaWindow window : windows) {
            assertTrue(busiest(window) <= window.calls(), window + " had " + busiest(window));
        }
        assertTrue(arrivals.size() > 0);
    }
}
