package io.tributary.quota;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.provider.QuotaWindow;
import io.tributary.provider.Renewal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Windows that are not simply sliding ones of the account in which every call counts once. */
class WindowKindsTest {
    private static final long SECOND = 1_000_000_000L;
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    private Instant wall = Instant.parse("2026-11-27T23:59:00Z");
    private long now = 77 * SECOND;

    private void later(Duration time) {
        wall = wall.plus(time);
        now += time.toNanos();
    }

    private static QuotaWindow window(int calls, String per, Renewal renewal) {
        return new QuotaWindow(calls, Duration.parse(per), false, false, false, true, renewal);
    }

    private Gate gate(QuotaWindow... windows) {
        return gate(GateSettings.of(Share.ALL, 1000), windows);
    }

    private Gate gate(GateSettings settings, QuotaWindow... windows) {
        // A pacer that never asks for patience: what is tested here are the windows alone.
        return new Gate(List.of(windows), settings, (rate, burst) -> new NoPacer(), (InstantSource) () -> wall);
    }

    private static final class NoPacer implements Pacer {
        @Override
        public boolean tryTake(long nowNanos) {
            return true;
        }

        @Override
        public long retryAtNanos(long nowNanos) {
            throw new AssertionError("it never refuses");
        }

        @Override
        public void pace(double callsPerSecond, double burst) {}
    }

    private Optional<Permit> send(Gate gate, String endpoint, int items) {
        return gate.admit(endpoint, items, now) instanceof Admission.Granted granted
                ? Optional.of(granted.permit())
                : Optional.empty();
    }

    private int sendAll(Gate gate) {
        int sent = 0;
        for (Optional<Permit> permit = send(gate, "e", 1); permit.isPresent(); permit = send(gate, "e", 1)) {
            gate.answered(permit.get(), now);
            sent++;
        }
        return sent;
    }

    @Test
    void aDayBeginsAtMidnightWhereTheProviderLives() {
        Gate gate = gate(window(10, "PT24H", new Renewal(Renewal.Kind.CLOCK, NEW_YORK)));
        assertEquals(10, sendAll(gate), "18:59 in New York");
        later(Duration.ofHours(5));
        assertEquals(0, sendAll(gate), "23:59 there");
        later(Duration.ofMinutes(1).plusSeconds(1));
        assertEquals(0, sendAll(gate), "its clock may be behind ours");
        later(Duration.ofSeconds(2));
        assertEquals(10, sendAll(gate));
    }

    @Test
    void whatIsAnsweredAroundMidnightCountsOnBothDays() {
        Gate gate = gate(window(10, "PT24H", new Renewal(Renewal.Kind.CLOCK, ZoneOffset.UTC)));
        later(Duration.ofSeconds(59));
        assertEquals(10, sendAll(gate), "a second before midnight by our clock, perhaps after it by theirs");
        later(Duration.ofSeconds(10));
        assertEquals(0, sendAll(gate));
        later(Duration.ofHours(24));
        assertEquals(10, sendAll(gate));
    }

    @Test
    void hoursAndMonthsAreOfTheClockToo() {
        Renewal clock = new Renewal(Renewal.Kind.CLOCK, ZoneOffset.UTC);
        assertEquals(
                Optional.of(Instant.parse("2026-11-27T13:00:00Z")),
                clock.after(Instant.parse("2026-11-27T12:00:00Z"), Duration.ofHours(1)));
        Renewal month = new Renewal(Renewal.Kind.MONTH, NEW_YORK);
        assertEquals(
                Optional.of(Instant.parse("2026-12-01T05:00:00Z")),
                month.after(Instant.parse("2026-12-01T04:59:59Z"), Duration.ofDays(30)));
        assertEquals(Optional.empty(), Renewal.SLIDING.after(wall, Duration.ofHours(1)));
    }

    @Test
    void aDayOfTwentyFiveHoursEndsWithItsOwnMidnight() {
        Renewal day = new Renewal(Renewal.Kind.CLOCK, NEW_YORK);
        Instant begin = Instant.parse("2026-11-01T04:00:00Z");
        Instant end = Instant.parse("2026-11-02T05:00:00Z");
        assertEquals(Optional.of(end), day.after(begin, Duration.ofDays(1)));
        assertEquals(Optional.of(end), day.after(end.minusSeconds(1), Duration.ofDays(1)));
        assertEquals(Optional.of(end), day.after(end.minusSeconds(1), Duration.ofHours(1)));
    }

    /** The judge counts each call on the day on which it arrived by a clock that differs from ours by up to two seconds. */
    @Property(tries = 200)
    void noPeriodOfTheClockIsEverPassedWheneverCallsArrive(
            @ForAll @IntRange(min = 1, max = 20) int calls,
            @ForAll @IntRange(min = -2000, max = 2000) int skewMillis,
            @ForAll Random random) {
        wall = Instant.parse("2026-11-27T00:00:00Z").plusMillis(random.nextInt(60_000));
        QuotaWindow window = window(calls, "PT1M", new Renewal(Renewal.Kind.CLOCK, ZoneOffset.UTC));
        Gate gate = gate(window);
        TreeMap<Long, Integer> perMinute = new TreeMap<>();
        PriorityQueue<Object[]> open = new PriorityQueue<>((a, b) -> Long.compare((Long) a[0], (Long) b[0]));
        long end = now + 600 * SECOND;
        int arrived = 0;
        while (now < end) {
            while (!open.isEmpty() && (Long) open.peek()[0] <= now) {
                gate.answered((Permit) open.remove()[1], now);
            }
            Optional<Permit> permit = send(gate, "e", 1);
            if (permit.isPresent()) {
                long trip = 1 + (long) (random.nextDouble() * SECOND);
                long arrival = (long) (random.nextDouble() * trip);
                long minute = wall.plusMillis(skewMillis).plusNanos(arrival).getEpochSecond() / 60;
                perMinute.merge(minute, 1, Integer::sum);
                arrived++;
                open.add(new Object[] {now + trip, permit.get()});
            } else {
                later(Duration.ofMillis(1 + random.nextInt(500)));
            }
        }
        assertTrue(perMinute.values().stream().allMatch(count -> count <= calls), perMinute + " of " + calls);
        assertTrue(arrived >= calls * 8, "ten minutes, but only " + arrived + " of " + calls + " each");
    }

    @Test
    void eachKeyHasAWindowOfItsOwnWhereTheProviderSaysSo() {
        QuotaWindow perKey = new QuotaWindow(2, Duration.ofDays(1), true, true, false, true, Renewal.SLIDING);
        Gate gate = gate(perKey);
        assertEquals(2, sendAll(gate));
        gate.waiting("e", 5, 5, now);
        Permit old = send(gate, "other", 1).orElseThrow();
        assertTrue(gate.goesWith(old, 0));
        assertEquals(false, gate.goesWith(old, 1), "the second key took over: the call waits for its window");
        gate.neverSent(old);
        assertEquals(2, sendAll(gate));
        gate.waiting("e", -5, -5, now);
        assertEquals(
                0,
                gate.report(now).windows().stream()
                        .mapToInt(Report.Use::wants)
                        .filter(w -> w < 0)
                        .count());
    }

    @Test
    void aKeyMattersOnlyWhereWindowsAreItsOwn() {
        Gate gate = gate(window(2, "PT1M", Renewal.SLIDING));
        assertTrue(gate.goesWith(send(gate, "e", 1).orElseThrow(), 1));
    }

    @Test
    void aBatchCountsAsItsItemsWhereTheProviderSaysSo() {
        Gate gate = gate(new QuotaWindow(60, Duration.ofMinutes(1), false, false, true, true, Renewal.SLIDING));
        gate.answered(send(gate, "e", 25).orElseThrow(), now);
        gate.answered(send(gate, "e", 25).orElseThrow(), now);
        assertTrue(send(gate, "e", 25).isEmpty());
        assertTrue(send(gate, "e", 10).isPresent());
    }

    @Test
    void aRefusedCallCountsOnlyWhereTheProviderSaysSo() {
        QuotaWindow free = new QuotaWindow(1, Duration.ofMinutes(1), false, false, false, false, Renewal.SLIDING);
        Gate generous = gate(free);
        generous.answeredByRefusal(send(generous, "e", 1).orElseThrow(), now);
        assertTrue(send(generous, "e", 1).isPresent());
        Gate strict = gate(window(1, "PT1M", Renewal.SLIDING));
        strict.answeredByRefusal(send(strict, "e", 1).orElseThrow(), now);
        assertTrue(send(strict, "e", 1).isEmpty());
    }

    @Test
    void whoPromisesEarlyArrivalWaitsOnlyForThat() {
        QuotaWindow second = window(1, "PT1S", Renewal.SLIDING);
        GateSettings usual = GateSettings.of(Share.ALL, 10);
        GateSettings promised = new GateSettings(
                usual.share(), 10, usual.margin(), usual.maxPause(), Optional.of(Duration.ofMillis(50)));
        for (GateSettings settings : List.of(usual, promised)) {
            Gate gate = gate(settings, second);
            Permit permit = send(gate, "e", 1).orElseThrow();
            long sent = now;
            later(Duration.ofMillis(400));
            gate.answered(permit, now);
            Admission next = gate.admit("e", now);
            long wait = assertInstanceOf(Admission.NotBefore.class, next).nanos() - sent;
            long expected = (settings == promised ? 1050 : 1400) * SECOND / 1000;
            assertTrue(Math.abs(wait - expected) < SECOND / 100, wait + " is not about " + expected);
        }
    }

    @Test
    void whatIsToldOfAWindowFindsIt() {
        Gate gate = gate(
                new QuotaWindow(25, Duration.ofSeconds(1), false), new QuotaWindow(1000, Duration.ofHours(1), false));
        Permit permit = send(gate, "e", 1).orElseThrow();
        gate.answered(permit, now);
        gate.told(permit, headers(Optional.of(Duration.ofHours(1)), 500, 100), now);
        later(Duration.ofSeconds(2));
        List<Report.Use> uses = gate.report(now).windows();
        assertEquals(Optional.empty(), uses.get(0).told());
        assertEquals(
                Optional.of(new Report.Told(500, 400, 1, 2 * SECOND)),
                uses.get(1).told());
        assertEquals(Optional.empty(), gate.report(now).windows().get(1).told(), "it is told once");
        gate.told(permit, headers(Optional.empty(), 25, 20), now);
        gate.told(permit, headers(Optional.of(Duration.ofDays(1)), 25, 20), now);
        gate.told(permit, headers(Optional.empty(), 77, 20), now);
        assertEquals(
                List.of(Optional.of(new Report.Told(25, 5, 0, 0)), Optional.empty()),
                new ArrayList<>(gate.report(now).windows().stream()
                        .map(Report.Use::told)
                        .toList()),
                "by its size; a window of a day, or of another size, is none of these");
    }

    private static RateHeaders headers(Optional<Duration> per, long limit, long left) {
        return new RateHeaders(
                List.of(),
                List.of(new RateHeaders.Limit(
                        "", per, java.util.OptionalLong.of(limit), java.util.OptionalLong.of(left), Optional.empty())));
    }
}
