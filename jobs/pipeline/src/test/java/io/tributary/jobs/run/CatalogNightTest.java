package io.tributary.jobs.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.delta.tables.DeltaTable;
import io.tributary.jobs.Figures;
import io.tributary.jobs.SparkTest;
import io.tributary.jobs.ask.Progress;
import io.tributary.jobs.read.Interval;
import io.tributary.jobs.report.RunSummary;
import io.tributary.settings.LakeSettings;
import io.tributary.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole nights on tables that stand in a catalog: half of them named {@code schema.table}, half {@code
 * catalog.schema.table}, so that each is created, appended to, grown and merged into under both.
 */
class CatalogNightTest extends SparkTest {
    private static final Figures FIGURES = new Figures("catalog");
    private static final Instant TONIGHT = Instant.parse("2026-08-21T02:00:00Z");
    private static final String PEOPLE =
            "id,name,email,team__c\n1,Ada,ada@engines.co.uk,north\n2,Bob,bob@looms.fr,south\n";
    private static final String FIRMS = "id,name,site\n8,Engines,engines.co.uk\n9,Looms,https://www.looms.fr/\n";

    @TempDir
    Path dir;

    @Tag("long")
    @Test
    void nightsOnCatalogTablesAreAsThoseOnPaths() throws IOException {
        spark().sql("CREATE SCHEMA crm LOCATION '" + dir.resolve("warehouse") + "'");
        Files.writeString(dir.resolve("hunter.key"), "key-of-a-stub");
        Files.writeString(dir.resolve("people.csv"), PEOPLE);
        Files.writeString(dir.resolve("firms.csv"), FIRMS);
        try (HunterStub hunter = new HunterStub()) {
            Settings settings = settings(hunter.url());

            RunSummary first = night(settings, TONIGHT);
            assertEquals(List.of("ada@engines.co.uk", "bob@looms.fr", "engines.co.uk", "looms.fr"), hunter.asked());
            FIGURES.exactly("first night: golden rows changed", 4L, Math.round(first.count("golden_changed")));
            Row ada = spark().table("crm.contacts").where("_crm_id = '1'").first();
            assertEquals("Engineer", ada.getAs("title"));
            assertEquals("north", ada.getAs("team_c"));
            Row engines = spark().table("spark_catalog.crm.accounts")
                    .where("_crm_id = '8'")
                    .first();
            assertEquals("Machinery", engines.getAs("industry"));

            Map<String, Long> versions = versions(settings);
            RunSummary second = night(settings, TONIGHT.plusSeconds(86_400));
            FIGURES.exactly("second night: asked", 4, hunter.asked().size());
            FIGURES.exactly("second night: golden rows changed", 0L, Math.round(second.count("golden_changed")));
            FIGURES.exactly("second night: versions of golden tables and history", versions, versions(settings));

            Files.writeString(dir.resolve("people.csv"), PEOPLE + "3,Cleo,cleo@looms.fr,west\n");
            Files.writeString(dir.resolve("firms.csv"), FIRMS.replace("Looms", "Looms and Sons"));
            RunSummary third = night(settings, TONIGHT.plusSeconds(2 * 86_400));
            FIGURES.exactly("third night: asked in all", 5, hunter.asked().size());
            FIGURES.exactly("third night: golden rows changed", 2L, Math.round(third.count("golden_changed")));
            assertEquals(2, spark().table("crm.accounts").count());

            everyTableIsReadableByAnybody(settings);
            theChangeFeedTellsWhatChanged("crm.contacts", Map.of("insert", 3L));
            theChangeFeedTellsWhatChanged(
                    "spark_catalog.crm.accounts", Map.of("insert", 2L, "update_preimage", 1L, "update_postimage", 1L));
        } finally {
            spark().sql("DROP SCHEMA crm CASCADE");
        }
    }

    private RunSummary night(Settings settings, Instant asOf) throws IOException {
        return new Nightly(settings, spark(), Clock.systemUTC(), Progress.silent(), line -> {})
                .run(new RunOptions(Optional.of(asOf), Interval.ALL));
    }

    private Settings settings(String url) {
        String people = "{entity: person, record-id: id, fields: {name.full: name, email: email}}";
        String firms = "{entity: company, record-id: id, fields: {name: name}, identifiers: {website: site}}";
        return Settings.load(
                Path.of("../../conf"),
                List.of(
                        "lake={root: spark_catalog.crm, files: \"" + dir.resolve("files") + "\", tables: {contacts:"
                                + " crm.contacts, work: crm.work, rejects: crm.rejects, runs: crm.runs}}",
                        "sources=[" + source("contact", "people", people) + ", " + source("account", "firms", firms)
                                + "]",
                        "providers={hunter: {keys: [\"file:" + dir.resolve("hunter.key") + "\"], base-url: \"" + url
                                + "\"}}",
                        "limits={buckets: 2}",
                        "budget={}"));
    }

    private String source(String object, String file, String mapping) {
        return "{name: " + file + ", crm: crm, object: " + object + ", format: csv, path: \""
                + dir.resolve(file + ".csv") + "\", allow-unchanged: true, mapping: " + mapping + "}";
    }

    private Map<String, Long> versions(Settings settings) {
        Map<String, Long> versions = new TreeMap<>();
        for (String table : List.of("contacts", "accounts", "history")) {
            versions.put(
                    table,
                    DeltaTable.forName(spark(), settings.lake().table(table))
                            .history(1)
                            .first()
                            .getAs("version"));
        }
        return versions;
    }

    private void everyTableIsReadableByAnybody(Settings settings) {
        List<String> faults = new ArrayList<>();
        for (String table : LakeSettings.TABLES) {
            String name = settings.lake().table(table);
            Row detail = DeltaTable.forName(spark(), name).detail().first();
            if (detail.<Integer>getAs("minReaderVersion") != 1) {
                faults.add(name + " needs reader version " + detail.getAs("minReaderVersion"));
            }
            if (detail.getAs("description") == null) {
                faults.add(name + " has no comment");
            }
            String feed = detail.<String, String>getJavaMap(detail.fieldIndex("properties"))
                    .get("delta.enableChangeDataFeed");
            if (!Boolean.toString(List.of("contacts", "accounts", "history").contains(table))
                    .equals(feed)) {
                faults.add(name + " has change data feed " + feed);
            }
            Arrays.stream(spark().table(name).schema().fields())
                    .filter(field -> field.getComment().isEmpty())
                    .forEach(field -> faults.add(name + "." + field.name() + " has no comment"));
        }
        FIGURES.exactly("catalog tables: faults of comments, reader version and change feed", List.of(), faults);
    }

    private void theChangeFeedTellsWhatChanged(String table, Map<String, Long> changes) {
        Map<String, Long> fed = new TreeMap<>();
        spark().read()
                .option("readChangeFeed", "true")
                .option("startingVersion", 0)
                .table(table)
                .groupBy("_change_type")
                .count()
                .collectAsList()
                .forEach(row -> fed.put(row.getString(0), row.getLong(1)));
        FIGURES.exactly("change feed of " + table, new TreeMap<>(changes), fed);
    }
}
