package io.tributary.jobs.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.jobs.read.ExtractGuards.Code;
import io.tributary.jobs.read.ExtractGuards.Finding;
import io.tributary.jobs.read.ExtractLook.State;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExtractGuardsTest {
    private static final Instant MONDAY = Instant.parse("2026-01-05T02:00:00Z");
    private static final Instant TUESDAY = Instant.parse("2026-01-06T02:00:00Z");
    private static final ExtractGuards FULL = new ExtractGuards("contacts", true, false, 0.2);

    @Test
    void letsTheFirstExtractPass() {
        assertEquals(List.of(), FULL.judge(List.of(look("a", 100, MONDAY)), List.of(), Set.of("id")));
    }

    @Test
    void letsANewerExtractOfAboutTheSameSizePass() {
        assertEquals(
                List.of(), FULL.judge(List.of(look("b", 80, TUESDAY)), List.of(info("a", 100, MONDAY)), Set.of("id")));
    }

    @Test
    void saysWhereNothingLies() {
        assertEquals(
                "source contacts: nothing lies at /in/contacts.csv; check the export that should have written it, or the"
                        + " path of the source",
                FULL.missing("/in/contacts.csv").message());
    }

    @Test
    void refusesAFullExtractWithoutARecord() {
        assertStops(Code.EMPTY, look("a", 0, MONDAY), List.of());
    }

    @Test
    void allowsAnIncrementalExtractInWhichNothingChanged() {
        ExtractGuards incremental = new ExtractGuards("contacts", false, false, 0.2);
        assertEquals(List.of(), incremental.judge(List.of(look("a", 0, MONDAY)), List.of(), Set.of("id")));
    }

    @Test
    void refusesWhatSomebodyIsStillWriting() {
        for (State state : List.of(State.MOVING, State.TORN, State.TEMPORARY)) {
            ExtractLook look = new ExtractLook(info("a", 100, MONDAY), List.of("id"), Map.of(), state);
            assertStops(Code.HALF_WRITTEN, look, List.of());
        }
    }

    @Test
    void refusesAnExtractOlderThanTheLast() {
        assertStops(Code.OLDER, look("a", 100, MONDAY), List.of(info("b", 100, TUESDAY)));
    }

    @Test
    void refusesAnExtractThatWasReadBeforeUnlessAllowed() {
        ExtractInfo read = info("a", 100, MONDAY);
        assertStops(Code.ALREADY_READ, look("a", 100, TUESDAY), List.of(read));
        List<Finding> allowed = new ExtractGuards("contacts", true, true, 0.2)
                .judge(List.of(look("a", 100, TUESDAY)), List.of(read), Set.of("id"));
        assertEquals(1, allowed.size());
        assertFalse(allowed.get(0).stops());
        assertTrue(allowed.get(0).message().contains("unchanged since; reading it again"));
    }

    @Test
    void refusesAFullExtractThatShrankTooMuch() {
        assertStops(Code.SHRUNK, look("b", 79, TUESDAY), List.of(info("a", 100, MONDAY)));
    }

    @Test
    void refusesAnExtractWithoutTheRecordId() {
        ExtractLook look = new ExtractLook(info("a", 100, MONDAY), List.of("Email", "Name"), Map.of(), State.COMPLETE);
        List<Finding> findings = FULL.judge(List.of(look), List.of(), Set.of("Id"));
        assertEquals(
                "source contacts: /in/2026.csv has no column \"Id\"; export that column, or map the one that took its"
                        + " place; it has: Email, Name",
                findings.get(0).message());
    }

    private static void assertStops(Code code, ExtractLook now, List<ExtractInfo> last) {
        List<Finding> findings = FULL.judge(List.of(now), last, Set.of("id"));
        assertEquals(List.of(code), findings.stream().map(Finding::code).toList());
        assertTrue(findings.get(0).stops());
    }

    private static ExtractLook look(String hash, long rows, Instant at) {
        return new ExtractLook(info(hash, rows, at), List.of("id"), Map.of(), State.COMPLETE);
    }

    private static ExtractInfo info(String hash, long rows, Instant at) {
        return new ExtractInfo("contacts", "/in/2026.csv", 10 * rows, at, hash, rows, at);
    }
}
