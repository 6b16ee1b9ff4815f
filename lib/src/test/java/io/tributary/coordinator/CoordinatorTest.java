package io.tributary.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.provider.QuotaWindow;
import io.tributary.quota.Admission;
import io.tributary.quota.Gate;
import io.tributary.quota.GateSettings;
import io.tributary.quota.Lease;
import io.tributary.quota.RateHeaders;
import io.tributary.quota.Report;
import io.tributary.quota.Share;
import io.tributary.quota.TokenPacer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What one executor meets, all hear; what nobody confirmed, nobody uses. */
class CoordinatorTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long MOMENT = SECOND / 20;
    private static final List<QuotaWindow> HUNDRED = List.of(new QuotaWindow(100, Duration.ofSeconds(1), false));

    private final Coordinator coordinator =
            new Coordinator(HUNDRED, InstantSource.system(), Terms.DEFAULT, Coordinator.Allotments.whole());
    private long now = 1000 * SECOND;

    private final class Executor {
        private final String name;
        private final Gate gate = Gate.leased(
                HUNDRED, GateSettings.of(Share.ALL, 1000), TokenPacer::new, InstantSource.system(), () -> {});

        Executor(String name, int waiting) {
            this.name = name;
            gate.waiting("", waiting, waiting, now);
        }

        /** A report and its answer, on the spot; then a moment passes. */
        void exchange() {
            heard(gate.report(now), now);
            now += MOMENT;
        }

        void heard(Report report, long made) {
            coordinator.report(name, report, now).ifPresent(lease -> gate.lease(lease, made, now));
        }

        int held() {
            return gate.report(now).windows().get(0).held();
        }

        int sendAll() {
            int sent = 0;
            while (gate.admit("", now) instanceof Admission.Granted granted) {
                gate.answered(granted.permit(), now);
                sent++;
                now += SECOND / 200;
            }
            return sent;
        }
    }

    @Test
    void whoComesLaterGetsItsPartAsSoonAsTheFirstCanGiveItBack() {
        Executor first = new Executor("1", 500);
        first.exchange();
        assertEquals(100, first.held());
        Executor second = new Executor("2", 500);
        second.exchange();
        assertEquals(0, second.held(), "nothing is free yet");
        first.exchange();
        first.exchange();
        second.exchange();
        assertEquals(44, first.held(), "parts differ, as four to five");
        assertEquals(56, second.held());
    }

    @Test
    void aGrantWhoseAnswerIsLostIsNobodysUntilItIsReported() {
        Executor first = new Executor("1", 500);
        coordinator.report("1", first.gate.report(now), now);
        Executor second = new Executor("2", 500);
        second.exchange();
        assertEquals(0, second.held(), "it may have been heard");
        first.exchange();
        second.exchange();
        assertTrue(first.held() + second.held() <= 100);
        assertTrue(second.held() > 0, "what was not heard is free again");
    }

    @Test
    void anAnswerToAnOlderReportIsIgnored() {
        Executor first = new Executor("1", 500);
        Report old = first.gate.report(now);
        Optional<Lease> late = coordinator.report("1", old, now);
        first.gate.report(now);
        first.gate.lease(late.orElseThrow(), now, now);
        assertEquals(0, first.held());
        assertEquals(Optional.empty(), coordinator.report("1", old, now), "and an older report as well");
    }

    @Test
    void whoStoodStillSendsNothingBeforeANewLease() {
        Executor frozen = new Executor("1", 500);
        frozen.exchange();
        Admission.Granted before = assertInstanceOf(Admission.Granted.class, frozen.gate.admit("", now));
        assertTrue(frozen.gate.stillMay(before.permit(), now));
        now += 30 * SECOND;
        assertFalse(frozen.gate.stillMay(before.permit(), now));
        assertInstanceOf(Admission.Full.class, frozen.gate.admit("", now));
        frozen.exchange();
        Admission.Granted after = assertInstanceOf(Admission.Granted.class, frozen.gate.admit("", now));
        assertTrue(frozen.gate.stillMay(after.permit(), now));
        assertFalse(frozen.gate.stillMay(before.permit(), now), "its place may have been another's meanwhile");
    }

    @Test
    void aPauseThatOneIsToldHoldsForAll() {
        Executor first = new Executor("1", 500);
        Executor second = new Executor("2", 500);
        first.exchange();
        second.exchange();
        first.gate.pause(Duration.ofSeconds(20), now);
        long until = now + 20 * SECOND;
        first.exchange();
        second.exchange();
        Admission told = second.gate.admit("", now);
        assertEquals(until, assertInstanceOf(Admission.NotBefore.class, told).nanos());
        // What came from the coordinator is not told back to it, or the pause would never end.
        assertEquals(0, second.gate.report(now).pausedNanos());
    }

    @Test
    void whatEndsAProviderForOneEndsItForAll() {
        Executor first = new Executor("1", 500);
        Executor second = new Executor("2", 500);
        first.gate.close("credits_gone");
        first.exchange();
        second.exchange();
        assertEquals(Optional.of("credits_gone"), second.gate.closedBecause());
    }

    @Test
    void aCircuitThatOpensForOneIsOpenForAllUntilItsTrialIsOver() {
        Executor first = new Executor("1", 500);
        Executor second = new Executor("2", 500);
        first.exchange();
        second.exchange();
        first.gate.broken(Duration.ofSeconds(60), now);
        long opened = now;
        first.exchange();
        second.exchange();
        assertTrue(second.gate.isBrokenElsewhere(now));
        assertEquals(false, first.gate.isBrokenElsewhere(now), "its own circuit decides");
        assertEquals(0, second.gate.report(now).brokenNanos(), "it is not told back, or it would never end");
        now = opened + 60 * SECOND;
        assertTrue(second.gate.isBrokenElsewhere(now), "the first sends its trial");
        now += 2 * SECOND;
        assertEquals(false, second.gate.isBrokenElsewhere(now));
    }

    @Test
    void whatOthersUseWithTheSameKeyIsLeftToThem() {
        Executor first = new Executor("1", 500);
        first.exchange();
        Admission.Granted granted = assertInstanceOf(Admission.Granted.class, first.gate.admit("", now));
        first.gate.answered(granted.permit(), now);
        RateHeaders said = new RateHeaders(
                List.of(),
                List.of(new RateHeaders.Limit(
                        "", Optional.empty(), OptionalLong.of(100), OptionalLong.of(69), Optional.empty())));
        first.gate.told(granted.permit(), said, now);
        first.exchange();
        first.exchange();
        assertEquals(70, first.held(), 1);
    }

    @Test
    void aRefusalCutsTheQuotaAndItComesBack() {
        Executor first = new Executor("1", 5000);
        first.exchange();
        Admission.Granted granted = assertInstanceOf(Admission.Granted.class, first.gate.admit("", now));
        first.gate.answered(granted.permit(), now);
        first.gate.refused(granted.permit(), Optional.of(Duration.ofSeconds(2)), now, 0);
        first.exchange();
        long cut = now - MOMENT;
        first.exchange();
        assertEquals(75, first.held());
        assertEquals(0.75, coordinator.safePart(cut), 1e-9);
        now = cut + 30 * SECOND;
        assertEquals(0.9, coordinator.safePart(now), 1e-9);
        now += 60 * SECOND;
        first.exchange();
        first.exchange();
        assertEquals(100, first.held());
    }

    @Test
    void aSilentExecutorsPartIsFreeOnlyWhenItsLastCallsHaveLeftTheWindow() {
        Executor silent = new Executor("1", 500);
        silent.exchange();
        silent.sendAll();
        silent.exchange();
        long seen = now - MOMENT;
        Executor other = new Executor("2", 500);
        while (now
                < seen
                        + Terms.DEFAULT.lease().toNanos()
                        + Terms.DEFAULT.transit().toNanos()
                        + SECOND) {
            other.exchange();
            assertEquals(0, other.held(), (now - seen) / 1e9 + " s after the last report");
        }
        now += SECOND / 10;
        other.exchange();
        assertEquals(100, other.held());
    }
}
