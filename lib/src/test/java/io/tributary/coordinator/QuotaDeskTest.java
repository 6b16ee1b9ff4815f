package io.tributary.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.provider.QuotaWindow;
import io.tributary.quota.Report;
import io.tributary.quota.WindowId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is said of the quotas when a run is over. */
class QuotaDeskTest {
    private static final long SECOND = 1_000_000_000L;

    private long now = 50 * SECOND;
    private final QuotaDesk desk = new QuotaDesk(() -> now, InstantSource.system(), Terms.DEFAULT);

    private static Report report(long number, long sent, long refused, String... endpoints) {
        List<Report.Use> uses = Stream.of(endpoints)
                .map(endpoint -> new Report.Use(new WindowId(0, endpoint), 0, 0, List.of(), 5, 1, Optional.empty()))
                .toList();
        return new Report(number, uses, sent, refused, 0, 0, Optional.empty(), Map.of());
    }

    @Test
    void callsOfAllExecutorsAreHeldAgainstWhatTheWindowAllows() {
        desk.with("acme", List.of(new QuotaWindow(10, Duration.ofSeconds(1), false)));
        desk.report("1", "acme", report(1, 0, 0, ""));
        now += 10 * SECOND;
        desk.report("1", "acme", report(2, 60, 0, ""));
        desk.report("2", "acme", report(1, 30, 1, ""));
        now += 100 * SECOND;
        desk.report("2", "acme", report(2, 30, 1, ""));
        assertEquals(List.of(new QuotaUse("acme", 100, 90, 1, Map.of(), 0)), desk.use());
    }

    @Test
    void eachEndpointHasAWindowOfItsOwnWhereTheFileSaysSo() {
        desk.with("acme", List.of(new QuotaWindow(10, Duration.ofSeconds(1), true)));
        desk.report("1", "acme", report(1, 0, 0, "person", "company"));
        now += 10 * SECOND;
        desk.report("1", "acme", report(2, 150, 0, "person", "company"));
        assertEquals(200, desk.use().get(0).allowed());
    }

    @Test
    void nothingIsSaidOfAProviderThatWasNotAsked() {
        desk.with("acme", List.of()).with("idle", List.of());
        desk.report("1", "acme", report(1, 3, 0));
        assertEquals(List.of(new QuotaUse("acme", -1, 3, 0, Map.of(), 0)), desk.use());
    }

    @Test
    void whoWasGivenUpAndLivesAfterAllGetsNoLease() {
        desk.with("acme", List.of(new QuotaWindow(10, Duration.ofSeconds(1), false)));
        assertTrue(desk.report("1", "acme", report(1, 0, 0, "")).isPresent());
        desk.gone("1");
        now += SECOND;
        assertEquals(Optional.empty(), desk.report("1", "acme", report(2, 7, 0, "")));
        assertEquals(
                5,
                desk.report("2", "acme", report(1, 0, 0, ""))
                        .orElseThrow()
                        .grants()
                        .get(0)
                        .held());
        assertEquals(7, desk.use().get(0).sent());
    }
}
