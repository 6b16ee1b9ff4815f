package io.tributary.jobs.run;

import io.tributary.jobs.SparkTest;
import io.tributary.jobs.StopRequest;
import io.tributary.jobs.ask.Progress;
import io.tributary.jobs.read.Interval;
import io.tributary.jobs.report.RunSummary;
import io.tributary.jobs.table.Lake;
import io.tributary.settings.ImportSettings;
import io.tributary.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was bought elsewhere, into a lake whose first night then does not buy it again. */
@Tag("long")
class HistoryImportTest extends SparkTest {
    private static final Instant TODAY = Instant.parse("2026-08-21T02:00:00Z");

    @TempDir
    Path dir;

    private Settings settings() throws IOException {
        write("crm.csv", "Id,Email,LinkedIn\n1,ada@acme.com,\n2,bob@acme.com,\n3,new@acme.com,linkedin.com/in/eve\n");
        write("mappings/crm.yaml", "entity: person\nrecord-id: Id\nfields: {email: Email, linkedin: LinkedIn}\n");
        write(
                "mappings/bought.yaml",
                "entity: person\nrecord-id: Row\nmodified-at: Enriched\n"
                        + "fields: {email: Email, title: Title, linkedin: Page, company.name: Firm}\n");
        write("pipeline.yaml", """
                lake: {root: lake}
                sources: [{name: crm, object: contact, format: csv, path: crm.csv, mapping: crm}]
                providers: {hunter: {spec: %s, max-credits-per-run: 10}}
                waterfall: {person: [hunter]}
                """.formatted(
                Path.of("../../conf/providers/hunter.yaml").toAbsolutePath().normalize()));
        return Settings.load(dir, List.of());
    }

    private void write(String file, String text) throws IOException {
        Path target = dir.resolve(file);
        Files.createDirectories(target.getParent());
        Files.writeString(target, text);
    }

    private RunSummary imported(Settings settings, String file) throws IOException {
        return new HistoryImport(
                        settings,
                        ImportSettings.load(dir.resolve(file), settings),
                        spark(),
                        Clock.fixed(TODAY, ZoneOffset.UTC),
                        Progress.silent(),
                        line -> {},
                        new StopRequest())
                .run(cut -> {});
    }

    @Test
    void whatWasBoughtElsewhereIsHistoryOfItsOwnDayOnceAndIsNotBoughtAgain() throws IOException {
        Settings settings = settings();
        write(
                "bought.csv",
                "Row,Email,Title,Page,Firm,Enriched,Score\n"
                        + "1,Ada@Acme.com,VP,,Acme,2026-07-30,95\n"
                        + "2,eve@home.org,CFO,https://www.linkedin.com/in/eve,,2026-08-01,80\n"
                        + "3,old@acme.com,CEO,,,,80\n"
                        + "4,ahead@acme.com,CTO,,,2027-01-01,80\n"
                        + "5,unsure@acme.com,COO,,,2026-08-01,often\n"
                        + "6,,Boss,,,2026-08-01,80\n");
        write("import.yaml", """
                {name: bought, provider: hunter, object: contact, format: csv, path: bought.csv, mapping: bought,
                 confidence-column: Score, confidence-scale: 100, max-rejects: 100%}
                """);

        RunSummary first = imported(settings, "import.yaml");

        Assertions.assertEquals("import", first.job());
        Assertions.assertEquals(2, Math.round(first.count("answers")));
        Assertions.assertEquals(4, Math.round(first.count("rows_rejected")));
        Assertions.assertEquals(0, first.count("credits"));
        Lake lake = new Wiring(settings).lake();
        Assertions.assertEquals(
                List.of("3 no_date", "4 date_ahead", "5 confidence", "6 no_identifier"),
                lake.rejects()
                        .read(spark())
                        .selectExpr("concat(record_id, ' ', reason) AS line")
                        .orderBy("line")
                        .as(Encoders.STRING())
                        .collectAsList());
        Row ada = lake.history()
                .read(spark())
                .where("lookup_key = 'email:ada@acme.com'")
                .selectExpr(
                        "person.title", "cast(fetched_at as string)", "confidence", "credits", "provider", "present")
                .first();
        Assertions.assertEquals(
                "[VP,2026-07-30 00:00:00,0.95,0.0,hunter", ada.toString().split(",Array|,Wrapped|,Mutable")[0]);

        RunSummary second = imported(settings, "import.yaml");
        Assertions.assertEquals(0, Math.round(second.count("answers")));
        Assertions.assertEquals(2, lake.history().read(spark()).count());

        PlanReport plan = new Nightly(settings, spark(), Clock.systemUTC(), Progress.silent(), line -> {})
                .plan(new RunOptions(Optional.of(TODAY), Interval.ALL));
        Assertions.assertEquals(
                Map.of("CACHE_HIT", 2L, "WORK", 1L),
                plan.decisions(),
                "one by its address, one by its page although its address is new");
    }
}
