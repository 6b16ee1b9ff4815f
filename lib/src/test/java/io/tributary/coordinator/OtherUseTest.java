package io.tributary.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.provider.QuotaWindow;
import io.tributary.quota.Occupancy;
import io.tributary.quota.Report;
import io.tributary.quota.WindowId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What headers tell of somebody else with the same key, and of a smaller plan. */
class OtherUseTest {
    private static final long SECOND = 1_000_000_000L;
    private static final QuotaWindow HUNDRED = new QuotaWindow(100, Duration.ofSeconds(1), false);

    private final SharedWindow window =
            new SharedWindow(100, Occupancy.of(HUNDRED, InstantSource.system()), Terms.DEFAULT);
    private long now = 40 * SECOND;

    private static Report.Use use(int inFlight, int wants) {
        return new Report.Use(new WindowId(0, ""), inFlight, inFlight, List.of(), wants, 1, Optional.empty());
    }

    private static Report.Told told(int limit, int used, int own) {
        return new Report.Told(limit, used, own, 0);
    }

    @Test
    void whatOthersUseIsTakenOffAtOnceAndGivenBackSlowly() {
        window.told("1", told(100, 60, 20), 0, now);
        assertEquals(60, window.usable(now));
        window.told("1", told(100, 20, 20), 0, now);
        assertEquals(60, window.usable(now), "one quiet moment says little");
        now += 2 * SECOND;
        assertEquals(80, window.usable(now), 1, "a tenth for each length");
        now += 3 * SECOND;
        assertEquals(100, window.usable(now));
        assertEquals(40, window.mostOfOthers());
    }

    @Test
    void callsOfOurOwnAreNoOthers() {
        window.report("1", use(0, 500), 100, now);
        window.report("2", use(30, 500), 100, now);
        window.told("1", told(100, 65, 20), 12, now);
        assertEquals(
                100, window.usable(now), "20 of this executor, 30 of the other, 12 of another run, and 3 in between");
        window.told("1", told(100, 75, 20), 12, now);
        assertEquals(87, window.usable(now));
    }

    @Test
    void aSmallerPlanThanTheFileSaysIsKeptAndALargerOneIsNotTaken() {
        window.told("1", told(40, -1, 0), 0, now);
        assertEquals(40, window.usable(now));
        window.told("1", told(1000, -1, 0), 0, now);
        assertEquals(100, window.usable(now));
    }

    @Test
    void somethingMayAlwaysBeTried() {
        window.told("1", told(100, 100, 0), 0, now);
        assertTrue(window.usable(now) >= 1);
    }
}
