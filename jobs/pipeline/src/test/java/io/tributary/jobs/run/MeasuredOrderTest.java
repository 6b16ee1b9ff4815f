package io.tributary.jobs.run;

import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.lit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.jobs.Figures;
import io.tributary.jobs.SparkTest;
import io.tributary.jobs.ask.Progress;
import io.tributary.jobs.plan.MeasuredPast;
import io.tributary.jobs.read.Interval;
import io.tributary.jobs.report.RunSummary;
import io.tributary.jobs.table.Lake;
import io.tributary.jobs.table.TableRef;
import io.tributary.model.EntityKind;
import io.tributary.model.KeyKind;
import io.tributary.order.Estimate;
import io.tributary.order.HitRates;
import io.tributary.order.Segment;
import io.tributary.settings.Settings;
import io.tributary.wanted.WantedFields;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orders that follow from what history tells of {@link TwoMarkets}. */
class MeasuredOrderTest extends SparkTest {
    private static final Figures FIGURES = new Figures("order");
    private static final Instant TONIGHT = Instant.parse("2026-08-21T02:00:00Z");
    private static final String AUTO = "{person: {order: auto, among: [beta, acme]}}";

    @TempDir
    Path dir;

    @Test
    void aPlanOrdersSegmentBySegmentAndSaysWhyAndWhatItWillComeTo() throws IOException {
        Settings auto = new TwoMarkets(dir, "http://127.0.0.1:9").settings(1000, 1010, AUTO);
        Lake lake = new Wiring(auto).lake();
        lake.ensure(spark());
        remember(
                lake,
                "SELECT 'acme', concat('email:a', id, '@firm.us'), if(id < 32, 'MATCHED', 'NOT_FOUND') FROM range(40)"
                        + " UNION ALL"
                        + " SELECT 'acme', concat('email:a', id, '@firm.de'), if(id < 4, 'MATCHED', 'NOT_FOUND') FROM"
                        + " range(40) UNION ALL"
                        + " SELECT 'beta', concat('email:b', id, '@firm.us'), if(id < 4, 'MATCHED', 'NOT_FOUND') FROM"
                        + " range(40) UNION ALL"
                        + " SELECT 'beta', concat('email:b', id, '@firm.de'), if(id < 32, 'MATCHED', 'NOT_FOUND') FROM"
                        + " range(40)");
        PlanReport planned = plan(auto);

        // By HitRates: 36 of 80 in all and of the kind, and in a segment 32 or 4 of 40; each ask is one credit.
        double kind = (36 + 10 * (36 + 5) / 90.0) / 90;
        double good = (32 + 10 * kind) / 50;
        double bad = (4 + 10 * kind) / 50;
        JsonNode json = new ObjectMapper().readTree(planned.json());
        expects(json.get("providers").get(0), "person/acme", 6, 6 + 4 * (1 - good), 6 * good + 4 * (1 - good) * bad);
        expects(json.get("providers").get(1), "person/beta", 4, 4 + 6 * (1 - good), 4 * good + 6 * (1 - good) * bad);
        Assertions.assertEquals(
                "{\"kind\":\"email\",\"country\":\"US\",\"company_size\":\"unknown\",\"keys\":6,\"explore\":0.0,"
                        + "\"providers\":[{\"provider\":\"acme\",\"hit_rate\":0.7301,\"credits\":1.0,\"asked\":40},"
                        + "{\"provider\":\"beta\",\"hit_rate\":0.1701,\"credits\":1.0,\"asked\":40}]}",
                json.get("order").get(0).toString());
        Assertions.assertTrue(
                planned.text()
                        .lines()
                        .anyMatch(line ->
                                line.matches(" +4 keys, email, DE: beta 73 % for 1\\.00 before acme 17 % for 1\\.00")),
                planned.text());

        JsonNode byHand = new ObjectMapper()
                .readTree(plan(new TwoMarkets(dir, "http://127.0.0.1:9").settings(1000, 1010, "{person: [acme, beta]}"))
                        .json());
        expects(byHand.get("providers").get(0), "person/acme", 10, 10, 6 * good + 4 * bad);
        Assertions.assertNull(byHand.get("order"));
    }

    private static void expects(JsonNode line, String provider, long first, double asks, double hits) {
        Assertions.assertEquals(provider, line.get("provider").asText());
        Assertions.assertEquals(first, line.get("asked_first").asLong(), provider);
        Assertions.assertEquals(10, line.get("at_most").asLong(), provider);
        Assertions.assertEquals(
                (long) Math.ceil(asks), line.get("expected_calls").asLong(), provider);
        Assertions.assertEquals(
                Math.round(asks * 10) / 10.0, line.get("expected_credits").asDouble(), provider);
        Assertions.assertEquals(Math.round(hits), line.get("expected_hits").asLong(), provider);
    }

    @Test
    void aKeyIsCountedWhereItWouldHaveBeenPlanned() {
        Lake lake = new Lake(name -> new TableRef(dir.resolve(name).toString()));
        lake.ensure(spark());
        remember(
                lake,
                "SELECT * FROM VALUES"
                        // Known by its record alone, and the company's size by an answer of the day before.
                        + " ('acme', 'email:ada@big.com', 'MATCHED'), ('acme', 'email:bob@big.com', 'NOT_FOUND'),"
                        // Its company came along with the answer, so the size was not known when it was asked.
                        + " ('acme', 'email:eve@late.com', 'MATCHED'),"
                        + " ('acme', 'phone:+4930123|ada king', 'PARTIAL'), ('acme', 'email:joe@shop.io', 'NOT_FOUND'),"
                        // These say nothing of what is found.
                        + " ('acme', 'email:f@x.fr', 'FAILED'), ('acme', 'email:u@x.fr', 'UNKNOWN')");
        StructType company =
                (StructType) lake.history().schema().apply("company").dataType();
        Dataset<Row> companies = spark().sql(
                        "SELECT 'company' AS entity, 'other' AS provider, concat('domain:', domain)"
                                + " AS lookup_key, 'MATCHED' AS outcome, fetched_at, 0L AS epoch, 'company' AS operation, 'r1' AS"
                                + " carried_by FROM VALUES ('big.com', timestamp'2026-07-31 02:00:00Z'), ('late.com',"
                                + " timestamp'2026-08-01 02:00:00Z') AS t(domain, fetched_at)")
                .withColumn("company", from_json(lit("{\"employee_range\": \"1,001-5,000\"}"), company));
        lake.history().append(filled(lake, companies), "companies", 1);
        Dataset<Row> records = spark().sql("SELECT 'person' AS entity, 'email:ada@big.com' AS lookup_key, map('email',"
                + " 'ada@big.com', 'domain', 'big.com', 'country', 'US') AS inputs, cast(map() as map<string, string>) AS"
                + " crm UNION ALL SELECT 'person', 'email:eve@late.com', map('email', 'eve@late.com', 'domain',"
                + " 'late.com'), cast(map() as map<string, string>) UNION ALL SELECT 'company', 'domain:big.com',"
                + " map('domain', 'big.com'), cast(map() as map<string, string>)");

        HitRates rates = measured(lake, records, WantedFields.NOTHING);

        Assertions.assertEquals(1, rates.asked("acme", new Segment(KeyKind.EMAIL, "US", "1001+")));
        Assertions.assertEquals(3, rates.asked("acme", new Segment(KeyKind.EMAIL, "unknown", "unknown")));
        Assertions.assertEquals(1, rates.asked("acme", new Segment(KeyKind.PHONE, "DE", "unknown")));
        Assertions.assertEquals(0, rates.asked("acme", new Segment(KeyKind.EMAIL, "FR", "unknown")));

        // Of a kind that was never asked about the provider's own rate tells: three of five, and one of five has a
        // title.
        Segment other = new Segment(KeyKind.LINKEDIN_PERSON, "US", "unknown");
        Assertions.assertEquals((3 + 5) / 15.0, rates.estimate("acme", other).hitRate(), 1e-12);
        Assertions.assertEquals((3 + 5) / 15.0, rates.estimate("acme", other).enoughRate(), 1e-12);
        WantedFields wanted = WantedFields.parse(EntityKind.PERSON, Map.of("title", "any", "phone", "any"))
                .wanted();
        Estimate title = measured(lake, records, wanted).estimate("acme", other);
        Assertions.assertEquals((1 + 5) / 15.0, title.hitRate(), 1e-12);
        Assertions.assertEquals(5 / 15.0, title.enoughRate(), 1e-12);
    }

    private HitRates measured(Lake lake, Dataset<Row> records, WantedFields wanted) {
        return MeasuredPast.of(
                        lake.history().read(spark()),
                        records,
                        Map.of(EntityKind.PERSON, Map.of("acme", 1.0)),
                        wanted,
                        TONIGHT,
                        (name, rows) -> rows)
                .of(EntityKind.PERSON);
    }

    @Test
    @Tag("long")
    void aMeasuredOrderSpendsLessThanEitherOrderByHand() throws IOException {
        try (ProviderStub both = new ProviderStub(TwoMarkets::answer)) {
            TwoMarkets markets = new TwoMarkets(dir, both.url());
            String nothing = plan(markets.settings(0, 200, AUTO)).text();
            Assertions.assertTrue(nothing.contains("history knows nothing of these providers yet"), nothing);
            Assertions.assertTrue(nothing.contains("email, US: beta 50 % for 1.00 before acme"), nothing);
            nightly(markets.settings(0, 200, "{person: [acme, beta]}"), TONIGHT);
            both.takeRequests();

            Settings auto = markets.settings(1000, 1200, AUTO);
            Lake lake = new Wiring(auto).lake();
            JsonNode plan = new ObjectMapper()
                    .readTree(plan(auto, TONIGHT.plus(Duration.ofDays(1))).json());
            RunSummary night = nightly(auto, TONIGHT.plus(Duration.ofDays(1)));

            long billed = Math.round(night.count("credits"));
            FIGURES.exactly("order auto: credits billed", 240L, billed);
            FIGURES.exactly("acme before beta would cost", 296L, TwoMarkets.cost("acme", 1000, 1200));
            FIGURES.exactly("beta before acme would cost", 324L, TwoMarkets.cost("beta", 1000, 1200));
            Assertions.assertEquals(billed, both.takeRequests().size());
            double expected = plan.get("providers")
                            .get(0)
                            .get("expected_credits")
                            .asDouble()
                    + plan.get("providers").get(1).get("expected_credits").asDouble();
            Assertions.assertEquals(billed, expected, 25, "the forecast");
            Assertions.assertEquals(
                    0,
                    lake.work()
                            .read(spark())
                            .where("run_id = '" + night.runId() + "' and asks[0].provider <>"
                                    + " if(lookup_key like '%.de', 'beta', 'acme')")
                            .count(),
                    "each is asked first where it knows people");
        }
    }

    private PlanReport plan(Settings settings) throws IOException {
        return plan(settings, TONIGHT);
    }

    private PlanReport plan(Settings settings, Instant asOf) throws IOException {
        return new Nightly(settings, spark(), Clock.systemUTC(), Progress.silent(), line -> {})
                .plan(new RunOptions(Optional.of(asOf), Interval.ALL));
    }

    private RunSummary nightly(Settings settings, Instant asOf) throws IOException {
        return new Nightly(settings, spark(), Clock.systemUTC(), Progress.silent(), line -> {})
                .run(new RunOptions(Optional.of(asOf), Interval.ALL));
    }

    /** @param rows SQL for {@code provider, lookup_key, outcome} of persons, one credit each */
    private void remember(Lake lake, String rows) {
        Dataset<Row> answers = spark().sql("SELECT 'person' AS entity, provider, lookup_key, outcome, 1D AS credits,"
                + " timestamp'2026-08-01 02:00:00Z' AS fetched_at, 0L AS epoch, 'person' AS operation,"
                + " if(lookup_key LIKE 'email:ada@%', array('person.title'), null) AS present FROM (" + rows
                + ") AS t(provider, lookup_key, outcome)");
        lake.history().append(filled(lake, answers), "history", 1);
    }

    /** With the other columns of history, empty. */
    private static Dataset<Row> filled(Lake lake, Dataset<Row> some) {
        Dataset<Row> rows = some;
        for (StructField column : lake.history().schema().fields()) {
            if (!List.of(rows.columns()).contains(column.name())) {
                rows = rows.withColumn(column.name(), lit(null).cast(column.dataType()));
            }
        }
        return rows;
    }
}
