package io.tributary.jobs.privacy;

import io.tributary.jobs.EmptyLake;
import io.tributary.jobs.SparkTest;
import io.tributary.jobs.harvest.HarvestStep;
import io.tributary.jobs.journal.HadoopJournalStore;
import io.tributary.jobs.privacy.Erasure.Certificate;
import io.tributary.jobs.table.Lake;
import io.tributary.jobs.table.LakeTable;
import io.tributary.journal.Entry;
import io.tributary.journal.FlushPolicy;
import io.tributary.journal.Intent;
import io.tributary.journal.JournalWriter;
import io.tributary.journal.SegmentPath;
import io.tributary.model.EntityKind;
import io.tributary.model.LookupKey;
import io.tributary.model.Outcome;
import io.tributary.privacy.Identifier;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After an erasure nothing in any file of the lake names the person, and all else is as it was. */
@Tag("long")
class ErasureTest extends SparkTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-08-21T02:00:00Z"), ZoneOffset.UTC);
    private static final String RUN = "20260820-020000-abcdef";
    private static final int BUCKETS = 4;
    private static final String ADA = "email:ada@engines.co.uk";
    private static final String BOB = "email:bob@engines.co.uk";
    private static final String PAGE = "linkedin_person:ada-king";
    private static final String NAME = "name_company:ada king|engines.co.uk";

    /** What nothing may name afterwards: addresses, page, line, record ids, and a name that is hers alone. */
    private static final List<String> WORDS =
            List.of("ada@engines.co.uk", "ada-king", "2071838750", "0031ada", "0099ada", "augusta");

    /** Ada by two records, Bob, and a namesake at the same company who has Bob's line. */
    static final String PEOPLE = "SELECT 'crm' AS _crm_source, * FROM VALUES"
            + " ('contact', '0031ADA', '" + ADA + "', array('" + PAGE + "', '" + NAME + "',"
            + " 'phone:+442071838750|ada king'), 'Ada@engines.co.uk', 'linkedin.com/in/ada-king',"
            + " '+442071838750', 'Ada Augusta King'),"
            + " ('lead', '0099ADA', '" + PAGE + "', array('" + NAME
            + "'), null, 'https://www.linkedin.com/in/Ada-King',"
            + " null, 'Augusta'),"
            + " ('contact', '0032', '" + BOB + "', array('phone:+442071838759|bob'), 'bob@engines.co.uk', null,"
            + " '+442071838759', 'Bob'),"
            + " ('contact', '0033', 'email:ada.king@home.org', array('" + NAME + "'), 'ada.king@home.org', null,"
            + " '+442071838759', 'Ada King')"
            + " AS t(_crm_object, _crm_id, _lookup_key, _aliases, email, linkedin, phone, full_name)";

    @TempDir
    Path dir;

    private Lake lake;
    private HadoopJournalStore journal;

    @BeforeEach
    void fill() throws IOException {
        lake = EmptyLake.in(spark(), dir);
        journal = new HadoopJournalStore(
                new Configuration(), dir.resolve("journal").toString());
        // So that there are checkpoints with statistics of what is to be forgotten.
        spark().sql("ALTER TABLE " + lake.history().ref().sql()
                + " SET TBLPROPERTIES ('delta.checkpointInterval' = '1')");
        people();
        history();
        append(
                lake.work(),
                "SELECT explode(array('" + ADA + "', '" + BOB + "')) AS lookup_key, '" + RUN
                        + "' AS run_id, 'person' AS entity, 'planned' AS status, map('full_name', 'Someone') AS inputs");
        append(
                lake.rejects(),
                "SELECT explode(array('0031ADA', '0034')) AS record_id, 'crm' AS source, 'contact' AS object,"
                        + " 'type' AS reason");
    }

    private void people() {
        append(lake.golden(EntityKind.PERSON), PEOPLE);
        // Another version, and an entry of the change feed.
        lake.golden(EntityKind.PERSON)
                .delta(spark())
                .updateExpr("_crm_object = 'contact'", Map.of("title", "concat('VP ', full_name)"));
    }

    private void history() throws IOException {
        try (JournalWriter writer = writer(ADA)) {
            writer.intend(List.of(new Intent("ask-ada", ADA, "acme", "person", 0, "in", 1)));
            writer.append(
                    answer(
                            "ask-ada",
                            ADA,
                            List.of("domain:engines.co.uk"),
                            "{\"person\":{\"email\":\"ada@engines.co.uk\",\"name.full\":\"Ada Augusta King\"},"
                                    + "\"company\":{\"name\":\"Engines\"}}",
                            "{\"of\":\"Augusta\",\"page\":\"https:\\/\\/linkedin.com\\/in\\/ada-king\"}"),
                    1);
        }
        try (JournalWriter writer = writer(PAGE)) {
            writer.append(answer("ask-page", PAGE, List.of(), "{}", "{\"none\":\"ada-king\"}"), 1);
        }
        try (JournalWriter writer = writer(NAME)) {
            writer.append(
                    answer("ask-name", NAME, List.of(), "{\"person\":{\"name.full\":\"Augusta\"}}", "Augusta"), 1);
        }
        try (JournalWriter writer = writer(BOB)) {
            writer.append(
                    answer(
                            "ask-bob",
                            BOB,
                            List.of(),
                            "{\"person\":{\"title\":\"VP\"}}",
                            "{\"batch\":\"ADA@engines.co.uk, augusta\"}"),
                    1);
        }
        new HarvestStep(spark(), lake, journal, BUCKETS).run(1, CLOCK.instant());
    }

    private JournalWriter writer(String key) {
        return new JournalWriter(
                journal,
                new SegmentPath(RUN, LookupKey.parse(key).bucket(BUCKETS), Math.abs(key.hashCode()), 0),
                FlushPolicy.DEFAULT);
    }

    private static Entry answer(String ask, String key, List<String> also, String profiles, String body) {
        return new Entry(
                ask,
                key,
                "acme",
                "person",
                0,
                "in",
                Outcome.MATCHED,
                "",
                200,
                2.5,
                0.9,
                1,
                1,
                true,
                CLOCK.instant().toEpochMilli(),
                5,
                "",
                "v1",
                also,
                profiles,
                body);
    }

    private void append(LakeTable table, String sql) {
        table.appendAll(table.read(spark()).limit(0).unionByName(spark().sql(sql), true));
    }

    private Erasure erasure() {
        return new Erasure(spark(), lake, journal, dir.toString(), CLOCK);
    }

    private ErasurePlan begin(String... whom) throws IOException {
        return erasure()
                .begin("e1", List.of(whom).stream().map(Identifier::parse).toList(), line -> {});
    }

    /** The rows of all tables, by table and by what tells one from another. */
    private Map<String, String> rows() {
        Map<String, String> rows = new TreeMap<>();
        lake.all().forEach((name, table) -> {
            if (!Set.of("suppressions", "erasures").contains(name) && table.exists(spark())) {
                Dataset<Row> all = table.read(spark());
                all.toJSON().collectAsList().forEach(row -> rows.merge(name + " " + row, "1", (one, two) -> one + two));
            }
        });
        return rows;
    }

    /** A namesake may have her name, but her answers are not known by it. */
    private Set<String> named(Map<String, String> rows) {
        return rows.keySet().stream()
                .filter(row -> row.startsWith("identities ") && row.contains(NAME)
                        || WORDS.stream()
                                .anyMatch(word -> row.toLowerCase(Locale.ROOT).contains(word)))
                .collect(Collectors.toSet());
    }

    @Test
    void nothingNamesThemAfterwardsAndAllElseIsAsItWasAlsoIfItDiedInBetween() throws IOException {
        LakeSearch search = new LakeSearch(dir);
        search.find(WORDS).forEach((word, places) -> Assertions.assertFalse(places.isEmpty(), word));
        Map<String, String> before = rows();

        ErasurePlan plan = begin("ada@engines.co.uk");
        Assertions.assertEquals(
                Map.of("contacts", 2L, "history", 4L, "identities", 4L, "work", 1L, "rejects", 1L, "journal", 5L),
                plan.counts());
        Assertions.assertThrows(IllegalStateException.class, () -> erasure().finish(plan, step -> {
            if (step.equals("earlier versions")) {
                throw new IllegalStateException("the power goes");
            }
        }));
        Assertions.assertEquals(List.of(plan), erasure().unfinished());
        Certificate certificate = erasure().finish(erasure().unfinished().get(0), step -> {});

        Map<String, Set<String>> found = search.find(WORDS);
        found.forEach((word, places) -> Assertions.assertEquals(Set.of(), places, word));
        Assertions.assertEquals(List.of(), erasure().unfinished());
        Assertions.assertEquals(plan.counts(), certificate.removed());
        Assertions.assertEquals(0, certificate.mentions());
        Assertions.assertEquals(1, lake.erasures().read(spark()).count());

        Map<String, String> left = rows();
        Map<String, String> others = new TreeMap<>(before);
        others.keySet().removeAll(named(before));
        others.forEach((row, times) -> Assertions.assertEquals(times, left.get(row), row));
        left.keySet().removeAll(others.keySet());
        Assertions.assertEquals(4, left.size(), "emptied answers, and Bob's without its body: " + left.keySet());
        Assertions.assertEquals(
                10.0,
                lake.history()
                        .read(spark())
                        .agg(Map.of("credits", "sum"))
                        .first()
                        .getDouble(0),
                "money stays spent");

        HarvestStep.Result again = new HarvestStep(spark(), lake, journal, BUCKETS).run(2, CLOCK.instant());
        Assertions.assertEquals(0, again.answers(), "what is left of the journal is in history");
        Assertions.assertEquals(
                4, again.tried().stream().mapToLong(HarvestStep.Tried::calls).sum());
    }
}
