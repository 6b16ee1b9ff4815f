package io.tributary.quota;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.provider.QuotaWindow;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class GateTest {
    private static final long SECOND = 1_000_000_000L;

    /** One executor's calls, each with the moment at which the provider saw it. */
    private record Simulation(List<Long> arrivals, long lastNanos) {
        static Simulation of(
                List<QuotaWindow> windows,
                Share share,
                int executors,
                long forNanos,
                long slowest,
                double busy,
                long seed) {
            Random random = new Random(seed);
            List<Long> arrivals = new ArrayList<>();
            for (int executor = 0; executor < executors; executor++) {
                Gate gate = new Gate(windows, GateSettings.of(share, 10_000), TokenPacer::new, InstantSource.system());
                PriorityQueue<Object[]> open = new PriorityQueue<>((a, b) -> Long.compare((Long) a[0], (Long) b[0]));
                long now = random.nextInt(1000);
                while (now < forNanos) {
                    while (!open.isEmpty() && (Long) open.peek()[0] <= now) {
                        gate.answered((Permit) open.remove()[1], now);
                    }
                    Admission admission = gate.admit("e", now);
                    if (admission instanceof Admission.Granted granted) {
                        long answer = now + 1 + (long) (random.nextDouble() * slowest);
                        arrivals.add(now + (long) (random.nextDouble() * (answer - now)));
                        open.add(new Object[] {answer, granted.permit()});
                        if (random.nextDouble() > busy) {
                            now += (long) (random.nextDouble() * 3 * SECOND);
                        }
                    } else {
                        long next = admission instanceof Admission.NotBefore later ? later.nanos() : Long.MAX_VALUE;
                        now = open.isEmpty() ? next : Math.min(next, (Long) open.peek()[0]);
                    }
                }
            }
            arrivals.sort(Long::compare);
            return new Simulation(arrivals, forNanos);
        }

        /** The most arrivals inside any half-open stretch of this length. */
        int busiest(Duration length) {
            int most = 0;
            int first = 0;
            for (int last = 0; last < arrivals.size(); last++) {
                while (arrivals.get(last) - arrivals.get(first) >= length.toNanos()) {
                    first++;
                }
                most = Math.max(most, last - first + 1);
            }
            return most;
        }
    }

    @Provide
    Arbitrary<List<QuotaWindow>> windows() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 40),
                        Arbitraries.of(100, 1000, 2500),
                        Arbitraries.of(true, false))
                .as((calls, millis, perEndpoint) -> new QuotaWindow(calls, Duration.ofMillis(millis), perEndpoint))
                .list()
                .ofMinSize(1)
                .ofMaxSize(3);
    }

    @Property(tries = 300)
    void noSlidingWindowIsEverExceededWhereverACallArrivesBetweenSendingAndAnswer(
            @ForAll("windows") List<QuotaWindow> windows,
            @ForAll Random random,
            @ForAll boolean slow,
            @ForAll boolean bursty) {
        long slowest = slow ? 2 * SECOND : SECOND / 50;
        Simulation run =
                Simulation.of(windows, Share.ALL, 1, 20 * SECOND, slowest, bursty ? 0.9 : 1, random.nextLong());
        for (QuotaWindow window : windows) {
            assertTrue(run.busiest(window.per()) <= window.calls(), () -> window + " had " + run.busiest(window.per()));
        }
    }

    @Property(tries = 100)
    void evenSharesOfAllExecutorsTogetherStayInsideTheQuota(
            @ForAll("windows") List<QuotaWindow> windows, @ForAll Random random) {
        int executors = 1 + random.nextInt(4);
        Share share = Share.even(executors);
        if (windows.stream().allMatch(window -> share.isStrictFor(window.calls()))) {
            Simulation run =
                    Simulation.of(windows, share, executors, 10 * SECOND, SECOND / 10, 0.95, random.nextLong());
            for (QuotaWindow window : windows) {
                assertTrue(run.busiest(window.per()) <= window.calls());
            }
        }
    }

    @Test
    void aSaturatedGateUsesAtLeast95PercentOfItsQuota() {
        for (QuotaWindow window : List.of(
                new QuotaWindow(15, Duration.ofSeconds(1), false),
                new QuotaWindow(600, Duration.ofMinutes(1), false),
                new QuotaWindow(1000, Duration.ofMinutes(1), false))) {
            long span = window.per().toNanos() * 60;
            Simulation run = Simulation.of(List.of(window), Share.ALL, 1, span, SECOND / 100, 1, 7);
            double used = run.arrivals().size() / (window.calls() * 60.0);
            System.out.printf("quota used of %s: %.4f%n", window, used);
            assertTrue(used >= 0.95 && run.busiest(window.per()) <= window.calls(), window + " used " + used);
        }
    }

    @Test
    void thatNothingIsLeftIsNoNewsWhileItsOwnWindowIsFull() {
        Gate gate = new Gate(
                List.of(new QuotaWindow(2, Duration.ofSeconds(1), false)),
                GateSettings.of(Share.ALL, 10),
                (rate, burst) -> new TokenPacer(1e9, 100),
                InstantSource.system());
        RateHeaders soon = nothingLeft(2);
        Permit first =
                assertInstanceOf(Admission.Granted.class, gate.admit("e", 0)).permit();
        assertEquals(
                Optional.of(Duration.ofSeconds(2)),
                gate.usedUp(first, soon, 1000),
                "there is room, so somebody else was there");
        Permit second =
                assertInstanceOf(Admission.Granted.class, gate.admit("e", 1000)).permit();
        gate.answered(first, 2000);
        gate.answered(second, 2000);
        assertEquals(Optional.empty(), gate.usedUp(second, soon, 3000));
        assertEquals(
                Optional.of(Duration.ofSeconds(50)),
                gate.usedUp(second, nothingLeft(50), 3000),
                "a window that nobody told of");
        assertEquals(Optional.of(Duration.ofSeconds(2)), gate.usedUp(second, soon, 2 * SECOND));
    }

    private static RateHeaders nothingLeft(int resetSeconds) {
        return new RateHeaders(
                List.of(),
                List.of(new RateHeaders.Limit(
                        "",
                        Optional.empty(),
                        OptionalLong.empty(),
                        OptionalLong.of(0),
                        Optional.of(Duration.ofSeconds(resetSeconds)))));
    }

    @Test
    void whereTheCoordinatorReckonsWhatOthersUseNobodyStaysAwayForAWindowThatIsKnown() {
        Gate gate = Gate.leased(
                List.of(new QuotaWindow(2, Duration.ofSeconds(1), false)),
                GateSettings.of(Share.ALL, 10),
                TokenPacer::new,
                InstantSource.system(),
                () -> {});
        gate.waiting("e", 1, 1, 0);
        Report report = gate.report(0);
        WindowId window = report.windows().get(0).id();
        gate.lease(new Lease(1, SECOND, List.of(new Lease.Grant(window, 1, 1)), SECOND, 0, 0, Optional.empty()), 0, 0);
        Permit permit =
                assertInstanceOf(Admission.Granted.class, gate.admit("e", 1)).permit();
        assertEquals(Optional.empty(), gate.usedUp(permit, nothingLeft(1), 2));
    }

    @Test
    void fifteenASecondOverFourExecutorsAreThreeEach() {
        assertEquals(3, Share.even(4).wholeCalls(15));
        assertEquals(1, Share.even(49).wholeCalls(49));
    }

    @Test
    void aShareBelowOneCallIsSlowedDown() {
        Simulation run = Simulation.of(
                List.of(new QuotaWindow(2, Duration.ofSeconds(1), false)),
                Share.even(4),
                1,
                100 * SECOND,
                SECOND / 100,
                1,
                1);
        assertEquals(1, run.busiest(Duration.ofSeconds(2)));
        assertTrue(
                run.arrivals().size() >= 48,
                "half a call a second: " + run.arrivals().size());
    }

    @Test
    void endpointsHaveWindowsOfTheirOwnOnlyWhereTheProviderSaysSo() {
        Gate own = gate(new QuotaWindow(1, Duration.ofSeconds(1), true));
        assertInstanceOf(Admission.Granted.class, own.admit("find", 0));
        assertInstanceOf(Admission.Granted.class, own.admit("verify", 0));
        Gate shared = gate(new QuotaWindow(1, Duration.ofSeconds(1), false));
        assertInstanceOf(Admission.Granted.class, shared.admit("find", 0));
        assertInstanceOf(Admission.Full.class, shared.admit("verify", 0));
    }

    @Test
    void aCallThatNeverLeftOccupiesNothing() {
        Gate gate = gate(new QuotaWindow(1, Duration.ofSeconds(1), false));
        Permit permit = ((Admission.Granted) gate.admit("e", 0)).permit();
        gate.neverSent(permit);
        gate.neverSent(permit);
        assertInstanceOf(Admission.Granted.class, gate.admit("e", SECOND));
        assertInstanceOf(Admission.Full.class, gate.admit("e", SECOND));
    }

    @Test
    void refusalsOfOneBurstAreOneStrike() {
        Gate gate = gate();
        Permit first = ((Admission.Granted) gate.admit("e", 0)).permit();
        Permit second = ((Admission.Granted) gate.admit("e", 0)).permit();
        assertEquals(Duration.ofSeconds(1), gate.refused(first, Optional.empty(), 10, 0));
        assertEquals(Duration.ofSeconds(1), gate.refused(second, Optional.empty(), 20, 0));
        assertEquals(new Admission.NotBefore(SECOND + 20), gate.admit("e", 30));
        Permit third = ((Admission.Granted) gate.admit("e", 2 * SECOND)).permit();
        assertEquals(Duration.ofSeconds(2), gate.refused(third, Optional.empty(), 2 * SECOND, 0));
    }

    @Test
    void aClosedGateTellsItsFirstReasonAndWakesThoseWhoWait() {
        Gate gate = gate();
        List<String> woken = new ArrayList<>();
        gate.onRelease(() -> woken.add("woken"));
        assertTrue(gate.close("credits_gone"));
        assertTrue(!gate.close("later"));
        assertEquals(new Admission.Exhausted("credits_gone"), gate.admit("e", 0));
        assertEquals(List.of("woken"), woken);
    }

    private static Gate gate(QuotaWindow... windows) {
        return new Gate(List.of(windows), GateSettings.of(Share.ALL, 100), TokenPacer::new, InstantSource.system());
    }
}
