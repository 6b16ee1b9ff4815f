package io.tributary.jobs.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tributary.merge.FreshnessPolicy;
import io.tributary.model.EntityKind;
import io.tributary.model.Field;
import io.tributary.model.Outcome;
import io.tributary.model.Profile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class GoldenStatusTest {
    private static final Instant TONIGHT = Instant.parse("2026-08-21T02:00:00Z");
    private static final StructType SCHEMA = StructType.fromDDL(
            "decision STRING, decision_reason STRING, life_cycle STRING, lookup_key STRING, suppressed BOOLEAN");

    private static String status(String decision, String reason, String lifeCycle, Said... said) {
        Row row = new GenericRowWithSchema(
                new Object[] {decision, reason, lifeCycle, "email:ada@acme.com", null}, SCHEMA);
        GoldenStatus status = GoldenStatus.of(
                row,
                List.of(said),
                Map.of("acme", FreshnessPolicy.defaults(), "beta", FreshnessPolicy.defaults()),
                TONIGHT);
        return status.status() + " " + status.reason();
    }

    private static Said matched(String provider, int daysAgo) {
        return new Said(
                "email:ada@acme.com",
                provider,
                Outcome.MATCHED,
                "",
                "m" + daysAgo,
                TONIGHT.minus(Duration.ofDays(daysAgo)),
                0.95,
                "person",
                daysAgo,
                Profile.empty(EntityKind.PERSON).with(Field.PERSON_TITLE, "VP"));
    }

    private static Said said(Outcome outcome, String reason, int minutesAfter) {
        return new Said(
                "email:ada@acme.com",
                "acme",
                outcome,
                reason,
                "f" + minutesAfter,
                TONIGHT.plus(Duration.ofMinutes(minutesAfter)),
                Double.NaN,
                "person",
                minutesAfter,
                Profile.empty(EntityKind.PERSON));
    }

    @Test
    void freshDataNeedsNoReason() {
        assertEquals("enriched ", status("CACHE_HIT", "fresh", "active", matched("acme", 1)));
        assertEquals("enriched ", status("WORK", "stale", "active", matched("acme", 100), matched("beta", 0)));
        assertEquals(
                "enriched ",
                status("CACHE_HIT", "fresh", "active", matched("acme", 100)),
                "what is wanted of it may count for longer than its provider's answers");
    }

    @Test
    void staleDataThatCouldNotBeRefreshedSaysWhy() {
        Said old = matched("acme", 100);
        assertEquals(
                "enriched stale:service_unavailable",
                status("WORK", "stale", "active", old, said(Outcome.FAILED, "service_unavailable", 1)));
        assertEquals("enriched stale:budget", status("DEFERRED", "budget", "active", old));
        assertEquals("enriched stale:not_reached", status("WORK", "stale", "active", old));
        assertEquals("enriched stale:outcome_unknown", status("HELD", "outcome_unknown", "active", old));
        assertEquals(
                "enriched stale:not_found",
                status("NEGATIVE_HIT", "not_found", "active", old, said(Outcome.NOT_FOUND, "", 1)));
    }

    @Test
    void aFailureBeforeTheDataExplainsNothing() {
        assertEquals(
                "enriched stale:not_reached",
                status("WORK", "stale", "active", matched("acme", 100), said(Outcome.FAILED, "timeout", -200_000)));
    }

    @Test
    void staleDataOfAPersonWhoMayNotBeAskedSaysThat() {
        assertEquals("enriched stale:opted_out", status(null, null, "opted_out", matched("acme", 100)));
        assertEquals("enriched stale:withheld_with_duplicate", status(null, null, "active", matched("acme", 100)));
    }
}
