package io.tributary.jobs.spine;

import io.tributary.jobs.EmptyLake;
import io.tributary.jobs.SparkTest;
import io.tributary.jobs.plan.Forced;
import io.tributary.jobs.plan.PlanStep;
import io.tributary.jobs.plan.SendWhen;
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
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What conditions over records do to a plan: whom nothing may be sent to, and whose answers are passed over. */
class SendWhenTest extends SparkTest {
    private static final Instant TONIGHT = Instant.parse("2026-08-21T02:00:00Z");
    private static final Map<String, String> CARRIED = Map.of("consent__c", "STRING");

    @TempDir
    Path dir;

    private Lake lake;

    @BeforeEach
    void makeLake() {
        lake = EmptyLake.in(spark(), dir);
    }

    /** Each record is {@code id|address|country code|consent|life cycle}. */
    private Dataset<Row> crm(String... records) {
        List<String> rows = new ArrayList<>();
        for (String record : records) {
            String[] part = record.split("\\|", -1);
            rows.add("('salesforce', 'contact', 'person', '" + part[0] + "', timestamp'2026-08-20 20:00:00', '"
                    + part[4]
                    + "', cast(null as string), 'email:" + part[1] + "', cast(array() as array<string>), map('email', '"
                    + part[1] + "'" + (part[2].isEmpty() ? "" : ", 'country', '" + part[2] + "'") + "), map('email', '"
                    + part[1] + "'), map('consent__c', '" + part[3] + "'))");
        }
        return spark().sql("SELECT * FROM VALUES " + String.join(", ", rows)
                + " AS t(source, object, entity, record_id, extracted_at, life_cycle, account_id, lookup_key, aliases,"
                + " inputs, crm, carried)");
    }

    private PlanStep step() {
        return new PlanStep(spark(), lake, new PaperCatalog(List.of("acme", "beta")), 4);
    }

    private List<String> planned(PlanStep step, Dataset<Row> crm) {
        return step.run(crm, Set.of(), "r1", TONIGHT, Allowance.unlimited(), Optional.empty())
                .selectExpr("concat_ws(' ', substring(lookup_key, 7, 3), decision, array_join(asks.provider, ','),"
                        + " array_join(transform(withheld, w -> concat(w.provider, ':', w.reason)), ',')) AS line")
                .orderBy("line")
                .as(Encoders.STRING())
                .collectAsList();
    }

    private static SendWhen onlyAcme(String condition, boolean sendsUnknown) {
        return new SendWhen(Map.of("acme", new SendWhen.Condition(condition, sendsUnknown)), CARRIED);
    }

    @Test
    void nothingIsSentWhereTheConditionSaysNoOrOneRecordOfTheKeyDoesAndUnknownsFollowTheSetting() {
        Dataset<Row> crm = crm(
                "1|ada@acme.com|US|yes|active",
                "2|bob@acme.com|DE|yes|active",
                "3|eve@acme.com||yes|active",
                "4|joe@acme.com|US|yes|active",
                "5|joe@acme.com|US|no|active",
                "6|ann@acme.com|US|yes|active",
                "7|ann@acme.com|US|no|deleted");
        String condition = "country_code = 'US' and consent__c = 'yes'";

        Assertions.assertEquals(
                List.of(
                        "ada WORK acme,beta ",
                        "ann WORK acme,beta ",
                        "bob WORK beta acme:send_when",
                        "eve WORK beta acme:send_when_unknown",
                        "joe WORK beta acme:send_when"),
                planned(step().sendWhen(Optional.of(onlyAcme(condition, false))), crm));
        Assertions.assertEquals(
                "eve WORK acme,beta ",
                planned(step().sendWhen(Optional.of(onlyAcme(condition, true))), crm)
                        .get(3));
    }

    @Test
    void aConditionThatCanNotBeUsedIsRefusedByItsPlace() {
        Dataset<Row> crm = crm("1|ada@acme.com|US|yes|active");
        for (String unfit : List.of("consnt__c = 'yes'", "country_code = ", "1 + 1")) {
            FaultsException refused = Assertions.assertThrows(
                    FaultsException.class, () -> onlyAcme(unfit, false).check(spark(), crm.schema()), unfit);
            Assertions.assertEquals(
                    "providers.acme.send-when", refused.faults().get(0).path(), unfit);
        }
    }

    @Tag("long")
    @Test
    void freshAnswersArePassedOverWhereTheyAreForcedAndNowhereElse() {
        spark().sql(
                        "INSERT INTO delta.`" + dir.resolve("history")
                                + "` (lookup_key, entity, provider, outcome, confidence,"
                                + " fetched_at, epoch, operation, inputs_hash, response_id, run_id)"
                                + " SELECT concat('email:', who, '@acme.com'), 'person', 'acme', 'MATCHED', 0.95D,"
                                + " timestamp'2026-08-19 02:00:00', 0L, 'person', 'i', who, 'r0' FROM VALUES ('ada'), ('bob'), ('eve') AS t(who)");
        Dataset<Row> crm =
                crm("1|ada@acme.com|US|yes|active", "2|bob@acme.com|DE|yes|active", "3|eve@acme.com|DE|yes|active");

        Assertions.assertEquals(
                List.of("ada WORK acme,beta ", "bob CACHE_HIT  ", "eve CACHE_HIT  "),
                planned(
                        step().forcing(Optional.of(
                                new Forced(Optional.of("country_code = 'US'"), Set.of(), Set.of(), CARRIED))),
                        crm));
        Assertions.assertEquals(
                List.of("ada CACHE_HIT  ", "bob WORK acme ", "eve CACHE_HIT  "),
                planned(
                        step().forcing(Optional.of(
                                new Forced(Optional.empty(), Set.of("email:bob@acme.com"), Set.of("acme"), CARRIED))),
                        crm));
    }
}
