package io.tributary.jobs.harvest;

import static org.apache.spark.sql.functions.expr;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tributary.jobs.EmptyLake;
import io.tributary.jobs.SparkTest;
import io.tributary.jobs.StoppedException;
import io.tributary.jobs.journal.HadoopJournalStore;
import io.tributary.jobs.table.Lake;
import io.tributary.journal.Entry;
import io.tributary.journal.FlushPolicy;
import io.tributary.journal.Intent;
import io.tributary.journal.JournalWriter;
import io.tributary.journal.SegmentPath;
import io.tributary.model.LookupKey;
import io.tributary.model.Outcome;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Harvests of journals written by hand into a real history table, on a disk here and elsewhere in those who inherit this. */
public class HarvestStepTest extends SparkTest {
    private static final Instant ASKED = Instant.parse("2026-08-21T02:00:00Z");

    /** Files have the machine's time, so "a day later" has to be one that lies ahead of it, and "soon" behind it. */
    private static final Instant SOON = Instant.EPOCH;

    private static final Instant MUCH_LATER = Instant.parse("9999-01-01T00:00:00Z");

    @TempDir
    Path dir;

    private Lake lake;
    private HadoopJournalStore journal;
    private HarvestStep harvest;

    /** The full path of something in an empty lake. */
    protected String place(String name) {
        return dir.resolve(name).toString();
    }

    @BeforeEach
    void makeLake() throws Exception {
        lake = EmptyLake.of(spark(), this::place);
        journal = new HadoopJournalStore(spark().sparkContext().hadoopConfiguration(), place("journal"));
        harvest = new HarvestStep(spark(), lake, journal, 4);
    }

    private static Intent intent(String email) {
        return new Intent("key-" + email, "email:" + email, "acme", "person", 7, "in-" + email, ASKED.toEpochMilli());
    }

    private static Entry end(String email, Outcome outcome) {
        return end(email, outcome, "");
    }

    private static Entry end(String email, Outcome outcome, String reason) {
        return end(email, outcome, reason, List.of());
    }

    private static Entry end(String email, Outcome outcome, String reason, List<String> also) {
        return entry(email, outcome, reason, true, also);
    }

    private static Entry entry(String email, Outcome outcome, String reason, boolean last, List<String> also) {
        return new Entry(
                "key-" + email,
                "email:" + email,
                "acme",
                "person",
                7,
                "in-" + email,
                outcome,
                reason,
                200,
                1,
                0.9,
                1,
                1,
                last,
                ASKED.plusSeconds(2).toEpochMilli(),
                5,
                "",
                "v1",
                also,
                outcome == Outcome.MATCHED
                        ? "{\"person\": {\"title\": \"Engineer\", \"name.first\": \"Bob\"}, \"company\": {\"name\": \"Acme\"}}"
                        : "{}",
                "{}");
    }

    /** A task that intends to ask, and gets to the ends given before it dies. */
    private void task(String run, long attempt, List<String> intends, List<Entry> ends) {
        for (String email : intends) {
            JournalWriter writer = new JournalWriter(journal, first(run, attempt, email), FlushPolicy.DEFAULT);
            writer.intend(List.of(intent(email)));
            ends.stream()
                    .filter(entry -> entry.lookupKey().equals("email:" + email))
                    .forEach(entry -> writer.append(entry, 0));
            writer.flush();
        }
    }

    private static SegmentPath first(String run, long attempt, String email) {
        return new SegmentPath(run, LookupKey.parse("email:" + email).bucket(4096), attempt, 0);
    }

    private Dataset<Row> history() {
        return lake.history().read(spark());
    }

    @Test
    void whoeverObjectsAtOneProviderIsListedOnceForAll() throws Exception {
        task(
                "run-1",
                0,
                List.of("ada@acme.com", "bob@acme.com"),
                List.of(end("ada@acme.com", Outcome.SUPPRESSED, "opt_out"), end("bob@acme.com", Outcome.MATCHED)));
        harvest.run(1, SOON);
        harvest.run(2, SOON);

        assertEquals(
                List.of(LookupKey.parse("email:ada@acme.com").hash() + " opt_out"),
                lake.suppressions()
                        .read(spark())
                        .selectExpr("key_hash || ' ' || reason")
                        .as(Encoders.STRING())
                        .collectAsList());
    }

    @Test
    void theEmployerThatSeveralPeopleBringAlongIsInHistoryOnceAndCostsNothing() throws Exception {
        List<String> people = List.of("ada@acme.com", "bob@acme.com");
        task(
                "run-1",
                0,
                people,
                people.stream()
                        .map(email -> end(email, Outcome.MATCHED, "", List.of("domain:acme.com")))
                        .toList());
        harvest.run(1, SOON);
        harvest.run(2, SOON);

        List<Row> carried = history()
                .where("carried_by IS NOT NULL")
                .selectExpr(
                        "entity", "lookup_key", "provider", "outcome", "credits", "company.name", "person", "present")
                .collectAsList();
        assertEquals(1, carried.size());
        assertEquals(
                "[company,domain:acme.com,acme,MATCHED,0.0,Acme,null,"
                        + carried.get(0).get(7) + "]",
                carried.get(0).toString());
        assertEquals(List.of("company.name"), carried.get(0).getList(7));
        assertEquals(
                1,
                history()
                        .as("a")
                        .join(history().as("b"), expr("a.carried_by = b.response_id AND b.lookup_key LIKE 'email:%'"))
                        .count(),
                "the answer that brought it");
    }

    @Test
    void anAskThatDiedBeforeItsAnswerIsInHistoryAsUnknownExactlyOnce() throws Exception {
        task(
                "r1",
                1,
                List.of("ada@acme.com", "bob@acme.com", "eve@acme.com"),
                List.of(end("bob@acme.com", Outcome.MATCHED), end("eve@acme.com", Outcome.FAILED)));

        HarvestStep.Result result = harvest.run(1, SOON);

        Row ada = history().where("lookup_key = 'email:ada@acme.com'").first();
        assertEquals("UNKNOWN", ada.getAs("outcome"));
        assertEquals("died_before_answer", ada.getAs("reason"));
        assertEquals(ASKED, ada.<java.sql.Timestamp>getAs("fetched_at").toInstant());
        assertEquals(0.0, ada.<Double>getAs("credits"));
        assertEquals(7L, ada.<Long>getAs("epoch"));
        assertEquals("in-ada@acme.com", ada.getAs("inputs_hash"));
        assertEquals(3, history().count());
        assertEquals(List.of(new HarvestStep.Tried("r1", "acme", "person", 2, 0, 0, 0)), result.tried());
        assertEquals(
                List.of("company.name", "person.name.first", "person.title"),
                history()
                        .selectExpr("explode(present) AS field")
                        .orderBy("field")
                        .as(Encoders.STRING())
                        .collectAsList());

        assertEquals(0, harvest.run(2, SOON).answers());
        assertEquals(3, history().count());
    }

    @Test
    void eachTryThatMayHaveBeenBoughtIsInHistoryAndAnAnswerBesideItWhereItWasAskedAgain() throws Exception {
        task("r1", 1, List.of("ada@acme.com", "bob@acme.com"), List.of());
        task("r1", 2, List.of("bob@acme.com"), List.of(end("bob@acme.com", Outcome.MATCHED)));

        HarvestStep.Result result = harvest.run(1, SOON);

        assertEquals(List.of(new HarvestStep.Tried("r1", "acme", "person", 1, 0, 0, 1)), result.tried());

        assertEquals(
                List.of("email:ada@acme.com UNKNOWN", "email:bob@acme.com MATCHED", "email:bob@acme.com UNKNOWN"),
                history()
                        .selectExpr("concat(lookup_key, ' ', outcome) as line")
                        .orderBy("line")
                        .as(org.apache.spark.sql.Encoders.STRING())
                        .collectAsList());
    }

    @Test
    void aTryThatTheSameTaskMadeAgainIsCountedWhereItMayHaveBeenBought() throws Exception {
        task(
                "r1",
                1,
                List.of("ada@acme.com", "bob@acme.com"),
                List.of(
                        entry("ada@acme.com", Outcome.UNKNOWN, "timeout", false, List.of()),
                        entry("bob@acme.com", Outcome.FAILED, "http_503", false, List.of()),
                        end("ada@acme.com", Outcome.MATCHED),
                        end("bob@acme.com", Outcome.MATCHED)));

        assertEquals(
                List.of(new HarvestStep.Tried("r1", "acme", "person", 4, 0, 1, 1)),
                harvest.run(1, SOON).tried());
        assertEquals(2, history().where("outcome = 'MATCHED'").count());
        assertEquals(2, history().count());
    }

    @Test
    void whatAProviderDidNotFindBeforeItsMatchRateFellIsNotBelieved() throws Exception {
        Entry miss = end("ada@acme.com", Outcome.NOT_FOUND);
        Entry fell = end("eve@acme.com", Outcome.FAILED, "match_rate_fell");
        task("r1", 1, List.of("ada@acme.com", "bob@acme.com"), List.of(miss, end("bob@acme.com", Outcome.MATCHED)));
        task("r1", 2, List.of("eve@acme.com"), List.of(fell));
        task("r2", 1, List.of("ada@acme.com"), List.of(miss));

        harvest.run(1, SOON);

        assertEquals(
                List.of(
                        "r1 ada@acme.com FAILED match_rate_fell",
                        "r1 bob@acme.com MATCHED ",
                        "r1 eve@acme.com FAILED match_rate_fell",
                        "r2 ada@acme.com NOT_FOUND "),
                history()
                        .selectExpr("concat_ws(' ', run_id, substring(lookup_key, 7), outcome, reason) as line")
                        .orderBy("line")
                        .as(org.apache.spark.sql.Encoders.STRING())
                        .collectAsList());
    }

    @Test
    void asksThatMayBeBilledTwiceAreCountedWhenTheyAreSentAndNotWhenTheyArePlanned() throws Exception {
        Dataset<Row> work = spark().sql("SELECT 'r1' AS run_id, 'planned' AS status, bucket, entity,"
                + " concat('email:', who) AS lookup_key, 'h' AS key_hash, map('email', who) AS inputs,"
                + " cast(array() as array<string>) AS aliases,"
                + " 'WORK' AS decision, 'unknown' AS reason, array(named_struct('provider', 'acme', 'epoch', 7L,"
                + " 'mode', mode, 'operation', '', 'job_id', '', 'worst_credits', 1.0D)) AS asks,"
                + " cast(array() as array<string>) AS missing"
                + " FROM VALUES (1, 'person', 'ada@acme.com', 'again'), (2, 'person', 'bob@acme.com', 'ask'),"
                + " (3, 'person', 'eve@acme.com', 'again') AS t(bucket, entity, who, mode)");
        lake.work().append(work, "work", 1);
        task(
                "r1",
                1,
                List.of("ada@acme.com", "bob@acme.com"),
                List.of(end("ada@acme.com", Outcome.MATCHED), end("bob@acme.com", Outcome.MATCHED)));

        assertEquals(
                List.of(new HarvestStep.Tried("r1", "acme", "person", 2, 0, 0, 1)),
                harvest.run(1, SOON).tried());
    }

    @Test
    void aTornSegmentIsToldAndWhatItIntendedToAskIsUnknown() throws Exception {
        task("r1", 1, List.of("ada@acme.com"), List.of(end("ada@acme.com", Outcome.MATCHED)));
        task("r2", 1, List.of("bob@acme.com"), List.of());
        String whole = journal.list("r1").get(1);
        String torn = first("r2", 1, "bob@acme.com").text().replace("-000000", "-000001");
        try (var in = journal.open(whole)) {
            byte[] bytes = in.readAllBytes();
            journal.put(torn, java.util.Arrays.copyOf(bytes, bytes.length - 20));
        }

        HarvestStep.Result result = harvest.run(1, SOON);

        assertEquals(1, result.torn().size(), result.torn().toString());
        assertTrue(result.torn().get(0).startsWith(torn));
        assertEquals(
                List.of("r1 MATCHED", "r2 UNKNOWN"),
                history()
                        .selectExpr("concat(run_id, ' ', outcome) as line")
                        .orderBy("line")
                        .as(Encoders.STRING())
                        .collectAsList());
        assertEquals(0, harvest.run(2, SOON).answers());
    }

    @Test
    void aSegmentThatATaskPutsAfterTheHarvestOfItsRunIsReadByTheNext() throws Exception {
        task("r1", 1, List.of("ada@acme.com"), List.of());
        harvest.run(1, SOON);

        task("r1", 2, List.of("ada@acme.com"), List.of(end("ada@acme.com", Outcome.MATCHED)));
        HarvestStep.Result late = harvest.run(2, MUCH_LATER);

        assertEquals(1, late.answers());
        assertEquals(1, history().where("outcome = 'MATCHED'").count());
        assertEquals(List.of(), journal.unharvestedRuns());
    }

    @Test
    void aSegmentOfANewerFormatStopsTheRunAndIsNeverMarked() throws Exception {
        task("r1", 1, List.of("ada@acme.com"), List.of(end("ada@acme.com", Outcome.MATCHED)));
        journal.put("r2/0/1-000000.tj", new byte[] {'T', 'J', 99, 0});

        StoppedException stopped = assertThrows(StoppedException.class, () -> harvest.run(1, MUCH_LATER));

        assertTrue(stopped.getMessage().contains("99"));
        assertTrue(stopped.getMessage().contains("r2/0/1-000000.tj has version 99"));
        assertEquals(List.of("r1", "r2"), journal.unharvestedRuns());
        assertEquals(0, history().count());
    }

    @Test
    void aHarvestThatWasHeldUpWritesNothingAfterAnother() throws Exception {
        task("r1", 1, List.of("ada@acme.com"), List.of(end("ada@acme.com", Outcome.MATCHED)));
        harvest.run(5, SOON);
        task("r2", 1, List.of("bob@acme.com"), List.of(end("bob@acme.com", Outcome.MATCHED)));
        assertThrows(StoppedException.class, () -> harvest.run(4, SOON));
        assertEquals(1, history().count());
        harvest.run(6, SOON);
        assertEquals(2, history().count(), "what it left is in the journal");
    }

    @Test
    void whatALivingRunAsksIsNotOver() throws Exception {
        task("r1", 1, List.of("ada@acme.com", "bob@acme.com"), List.of(end("ada@acme.com", Outcome.MATCHED)));
        assertEquals(
                0, harvest.run(1, java.util.Set.of("r1"), SOON, found -> {}).answers());
        assertEquals(0, history().count());
        assertEquals(2, harvest.run(2, SOON).answers());
    }
}
