package io.tributary.jobs.spine;

import static org.apache.spark.sql.functions.lit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.jobs.EmptyLake;
import io.tributary.jobs.SparkTest;
import io.tributary.jobs.plan.LaterRounds;
import io.tributary.jobs.plan.PlanStep;
import io.tributary.jobs.plan.Priority;
import io.tributary.jobs.plan.Stage;
import io.tributary.jobs.table.Lake;
import io.tributary.quota.Allowance;
import io.tributary.yaml.FaultsException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is asked, in which round, where a cap does not reach for all; the answers are made up. */
class BudgetPlanTest extends SparkTest {
    private static final Instant TONIGHT = Instant.parse("2026-08-21T02:00:00Z");

    @TempDir
    Path dir;

    private Lake lake;

    @BeforeEach
    void makeLake() {
        lake = EmptyLake.in(spark(), dir);
    }

    /** Each record is {@code branch|address}. */
    private Dataset<Row> crm(String... records) {
        List<String> rows = new ArrayList<>();
        for (String record : records) {
            String[] part = record.split("\\|");
            rows.add("('salesforce', 'contact', 'person', '" + record.hashCode()
                    + "', timestamp'2026-08-20 20:00:00', 'active', cast(null as string), 'email:" + part[1]
                    + "', cast(array() as array<string>), map('email', '" + part[1] + "'), map('email', '" + part[1]
                    + "'), map('branch__c', '" + part[0] + "'))");
        }
        return spark().sql("SELECT * FROM VALUES " + String.join(", ", rows)
                + " AS t(source, object, entity, record_id, extracted_at, life_cycle, account_id, lookup_key, aliases,"
                + " inputs, crm, carried)");
    }

    private Dataset<Row> plan(Dataset<Row> crm, String run, Instant asOf, Allowance caps) {
        return plan(crm, run, asOf, caps, Optional.empty());
    }

    private Dataset<Row> plan(Dataset<Row> crm, String run, Instant asOf, Allowance caps, Optional<Priority> first) {
        return new PlanStep(spark(), lake, new PaperCatalog(List.of("acme", "beta")), 4)
                .run(crm, Set.of("opted_out"), run, asOf, caps, first);
    }

    @Test
    void noCapIsPassedEvenIfEveryAskCostsItsWorst() {
        String[] records = new String[40];
        for (int i = 0; i < records.length; i++) {
            records[i] = i + "|p" + i + "@acme.com";
        }
        Dataset<Row> planned = plan(
                crm(records),
                "r1",
                TONIGHT,
                new Allowance(Map.of("acme", 10.0, "beta", 5.0), Double.POSITIVE_INFINITY));

        Dataset<Row> asks = planned.selectExpr("lookup_key", "explode(asks) as ask");
        assertEquals(10, asks.where("ask.provider = 'acme'").count());
        assertEquals(5, asks.where("ask.provider = 'beta'").count());
        assertEquals(40, planned.count());
        assertEquals(
                planned.where("size(asks) = 0").count(),
                planned.where("decision = 'DEFERRED' and reason = 'budget'").count());
    }

    @Test
    void allProvidersTogetherStayWithinTheCapOfTheRun() {
        String[] records = new String[40];
        for (int i = 0; i < records.length; i++) {
            records[i] = i + "|p" + i + "@acme.com";
        }
        Dataset<Row> planned = plan(crm(records), "r1", TONIGHT, new Allowance(Map.of("beta", 3.0), 12));

        Dataset<Row> asks = planned.selectExpr("lookup_key", "explode(asks) as ask");
        assertEquals(12, asks.count());
        assertTrue(asks.where("ask.provider = 'beta'").count() <= 3);
        assertEquals(40, planned.count());
        assertEquals(
                planned.where("size(asks) = 0").count(),
                planned.where("decision = 'DEFERRED' and reason = 'budget'").count());
    }

    @Test
    void theBestAreAskedFirstAndNullsLast() {
        Dataset<Row> crm = crm("1|a@acme.com", "2|b@acme.com", "3|c@acme.com", "11|a@acme.com", "x|d@acme.com");
        Priority order = new Priority("cast(branch__c as double)", Map.of("branch__c", "STRING"));
        order.check(spark(), crm.schema());

        Dataset<Row> planned = plan(crm, "r1", TONIGHT, new Allowance(Map.of("beta", 0.0), 2), Optional.of(order));

        assertEquals(
                List.of("email:a@acme.com", "email:c@acme.com"),
                planned.where("decision = 'WORK'")
                        .orderBy("lookup_key")
                        .select("lookup_key")
                        .as(org.apache.spark.sql.Encoders.STRING())
                        .collectAsList());
        assertEquals(
                List.of("never_asked"),
                planned.where("decision = 'DEFERRED'")
                        .select("because")
                        .distinct()
                        .as(org.apache.spark.sql.Encoders.STRING())
                        .collectAsList());
    }

    /** Two credits at beta, three at acme, four in all; four people, of whom acme knows one. */
    @Test
    void aLaterRoundAsksTheNextProviderOfWhomTheFirstKnewNothingAndThenTheNextKeys() {
        Dataset<Row> crm = crm("9|a@acme.com", "8|b@acme.com", "7|c@acme.com", "6|d@acme.com");
        Priority order = new Priority("cast(branch__c as int)", Map.of("branch__c", "INT"));
        Allowance caps = new Allowance(Map.of("acme", 3.0, "beta", 2.0), 4);
        Stage stage = (name, rows) -> {
            rows.write().parquet(dir.resolve(name).toString());
            return spark().read()
                    .schema(rows.schema())
                    .parquet(dir.resolve(name).toString());
        };
        Dataset<Row> planned = stage.put("planned", plan(crm, "r1", TONIGHT, caps, Optional.of(order)));
        assertEquals(List.of("a acme beta", "b acme beta"), asks(planned));
        lake.work().append(planned.where("decision != 'WORK'").withColumn("status", lit("deferred")), "work", 1);
        LaterRounds rounds = new LaterRounds(spark(), lake, stage, "r1", planned, caps);

        // Acme found a and did not know b; the budget of a task that was tried again did not reach to ask beta about b.
        Optional<Dataset<Row>> second =
                rounds.next(goOn("('email:b@acme.com', 'budget_spent', array('beta'))"), Map.of("acme", 1.0), Set.of());
        assertEquals(List.of("b beta", "c acme beta"), asks(second.orElseThrow()));
        assertEquals(
                List.of("phone"),
                second.orElseThrow()
                        .where("lookup_key = 'email:b@acme.com'")
                        .first()
                        .getList(second.orElseThrow().schema().fieldIndex("missing")),
                "what the first round left missing");

        Optional<Dataset<Row>> third = rounds.next(
                goOn("('email:c@acme.com', 'http_503', cast(array() as array<string>))"),
                Map.of("acme", 1.0, "beta", 2.0),
                Set.of());
        assertEquals(List.of("d acme"), asks(third.orElseThrow()));

        assertEquals(
                Optional.empty(),
                rounds.next(
                        goOn("('email:d@acme.com', '', cast(array() as array<string>))"),
                        Map.of("acme", 2.0, "beta", 2.0),
                        Set.of()));
        assertEquals(Map.of("beta", 1.0), rounds.stillWanted());
        assertEquals(Map.of("http_503", 1L), rounds.open());
        assertEquals(3, rounds.round());
        assertEquals(
                4,
                rounds.carriedOut()
                        .where("decision = 'WORK' and reason = 'never_asked'")
                        .count());
        assertEquals(
                List.of("b beta", "c acme beta", "d acme"), asks(lake.work().read(spark())));
        assertEquals(0, lake.work().read(spark()).where("status = 'deferred'").count());
    }

    @Test
    void whoIsOffForTheRunIsAskedInNoLaterRound() {
        Dataset<Row> crm = crm("9|a@acme.com", "8|b@acme.com");
        Allowance caps = new Allowance(Map.of("acme", 1.0), Double.POSITIVE_INFINITY);
        Dataset<Row> planned = plan(crm, "r1", TONIGHT, caps).persist();
        LaterRounds rounds = new LaterRounds(spark(), lake, (name, rows) -> rows, "r1", planned, caps);

        Optional<Dataset<Row>> second = rounds.next(
                goOn("('nobody', '', cast(array() as array<string>))"), Map.of("acme", 0.0), Set.of("acme"));

        assertEquals(1, second.orElseThrow().count());
        assertTrue(asks(second.orElseThrow()).get(0).endsWith(" beta"));
        planned.unpersist();
    }

    private Dataset<Row> goOn(String rows) {
        return spark().sql("SELECT *, array('phone') as missing FROM VALUES " + rows
                + " AS t(lookup_key, reason, refused)");
    }

    /** Who is asked about whom, in alphabetical order. */
    private static List<String> asks(Dataset<Row> work) {
        return work.where("size(asks) > 0")
                .selectExpr("concat(substring(lookup_key, 7, 1), ' ', concat_ws(' ', asks.provider)) as line")
                .orderBy("line")
                .as(org.apache.spark.sql.Encoders.STRING())
                .collectAsList();
    }

    @Test
    void anOrderByAColumnThatThereIsNotIsRefusedWithTheNearestName() {
        Dataset<Row> crm = crm("1|a@acme.com");
        Map<String, String> carried = Map.of("amount", "STRING");

        assertEquals(
                "pipeline.yaml budget.first: \"cast(amuont as double)\" names amuont, a column that no record has;"
                        + " did you mean 'amount'?",
                refused(new Priority("cast(amuont as double)", carried), crm));
        for (String unfit : List.of("amount >", "map('a', amount)")) {
            String words = "pipeline.yaml budget.first: \"" + unfit + "\" can't be used: ";
            assertEquals(words, refused(new Priority(unfit, carried), crm).substring(0, words.length()));
        }
        new Priority("amount = 'true' or title is not null or employee_count > 5", carried)
                .check(spark(), crm.schema());
    }

    private String refused(Priority order, Dataset<Row> crm) {
        return assertThrows(FaultsException.class, () -> order.check(spark(), crm.schema()))
                .getMessage();
    }
}
