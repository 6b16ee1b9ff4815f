package io.tributary.jobs.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tributary.jobs.SparkTest;
import io.tributary.jobs.table.Lake;
import io.tributary.jobs.table.TableRef;
import io.tributary.mapping.ColumnMapping;
import io.tributary.mapping.ColumnType;
import io.tributary.mapping.LifeCycle;
import io.tributary.mapping.LifeCycle.Flag;
import io.tributary.model.EntityKind;
import io.tributary.settings.RejectLimit;
import io.tributary.settings.SourceSettings;
import io.tributary.settings.SourceSettings.CrmObject;
import io.tributary.settings.SourceSettings.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadStepTest extends SparkTest {
    private static final Set<String> NEVER = Set.of("SSN__c", "Birth Date");

    @TempDir
    Path dir;

    @Test
    void honoursLifeCycleTypesAndWhatMustNeverLeave() throws IOException {
        String extract = write(
                "contacts.csv",
                "id,name,email,gone,master,absorbed,optout,bounce,Score,ssn__C,birth_date",
                "1,Ada Byron,ada@acme-works.com,,,,,,7,111-22-3333,1815-12-10",
                "2,Bea Lane,bea@acme-works.com,true,,,,,7,111-22-3334,1815-12-11",
                "3,Cy Moss,cy@acme-works.com,true,1,,,,7,,",
                "4,Di Nash,di@acme-works.com,,,5; 9,yes,,7,,",
                "5,Ed Otis,ed@acme-works.com,FALSE,,,no,,7,,",
                "6,Flo Pike,flo@acme-works.com,,,,0,hard,7,,",
                "7,Gus Reed,gus@acme-works.com,,,,,,seven,,",
                ",Hal Shaw,hal@acme-works.com,,,,,,7,,",
                "8,Ivy Todd,ivy@example.com,,,,,,7,,",
                "1,Ada King,ada@acme-works.com,,,,,,8,111-22-3335,1815-12-12");
        LifeCycle lifeCycle = new LifeCycle(
                flag("gone"),
                flag("converted"),
                List.of("master"),
                List.of("absorbed"),
                flag("optout"),
                flag("bounce"));
        SourceSettings source = Specs.contacts(extract, Format.CSV, mapping(lifeCycle));
        try (ReadResult result = run(ReadOptions.FIRST_NIGHT, source)) {
            assertEquals(
                    "1 active, 2 deleted, 3 merged, 4 opted_out, 5 merged, 6 bounced, 8 active",
                    texts(result.rows().orderBy("record_id").selectExpr("concat(record_id, ' ', life_cycle)")));
            assertEquals(
                    "2 repeated 1, 8 type 7, 9 record_id null, 10 email: reserved_test_host 8",
                    texts(result.rejects()
                            .orderBy("row")
                            .selectExpr("concat(row, ' ', reason, ' ', coalesce(record_id, 'null'))")));
            assertEquals(
                    "Ada King", texts(result.rows().where("record_id = '1'").selectExpr("crm['name.full']")));
            String everything = result.rows().toJSON().collectAsList().toString()
                    + result.rejects().toJSON().collectAsList();
            assertFalse(everything.contains("111-22") || everything.contains("1815-12"));
            assertEquals(
                    Set.of("gone", "master", "absorbed", "optout", "bounce", "score"),
                    result.carried().stream().map(CarriedColumn::name).collect(Collectors.toSet()));
        }
    }

    @Test
    void resolvesARecordIdInTheCompanyColumnAndNeverSendsItAsAName() throws IOException {
        String accounts = write(
                "accounts.csv",
                "Id,Name,Website",
                "001Ec00000GINb1IAH,Acme Works,https://www.acme-works.com/",
                "001Ec00000GINb2IAH,Jo Silva,");
        String leads = write(
                "leads.csv",
                "Id,FirstName,LastName,Company",
                "1,Ada,Byron,001Ec00000GINb1IAH",
                "2,Bea,Lane,001Ec00000GINb1",
                "3,Cy,Moss,001Ec00000GINb9IAH",
                "4,Di,Nash,001Ec00000GINb3IAH");
        Dataset<Row> golden = spark().sql("select 'salesforce' _crm_source, '001Ec00000GINb3IAH' _crm_id,"
                + " 'Golden Works' name, 'golden-works.com' domain, cast(null as map<string,string>) _inputs");
        ReadOptions options = new ReadOptions(Interval.ALL, false, List.of(), Map.of(), Optional.of(golden));
        SourceSettings account = Specs.source(
                "salesforce", CrmObject.ACCOUNT, Format.CSV, accounts, Specs.shipped("salesforce-account"));
        SourceSettings lead =
                Specs.source("salesforce", CrmObject.LEAD, Format.CSV, leads, Specs.shipped("salesforce-lead"));
        try (ReadResult result = run(options, account, lead)) {
            assertEquals(
                    "name_company:ada byron|acme-works.com 001Ec00000GINb1IAH,"
                            + " name_company:bea lane|acme-works.com 001Ec00000GINb1,"
                            + " none 001Ec00000GINb9IAH,"
                            + " name_company:di nash|golden-works.com 001Ec00000GINb3IAH",
                    texts(result.rows()
                            .where("object = 'lead'")
                            .orderBy("record_id")
                            .selectExpr("concat(coalesce(lookup_key, 'none'), ' ', account_id)")));
            assertEquals(
                    "leads.csv:4 company: crm_id",
                    texts(result.rejects().selectExpr("concat(extract, ':', row, ' ', reason)")));
            assertEquals(
                    0,
                    result.rows()
                            .where("exists(map_values(inputs), v -> v like '001Ec%')")
                            .count());
        }
    }

    @Test
    void readsTheSameRowsFromEveryFormat() throws IOException {
        Dataset<Row> people = spark().sql("select '1' id, 'Ada Byron' name, 'ada@acme-works.com' email, 7L score,"
                + " named_struct('a', 1) nested union all select '2', 'Bea Lane', 'bea@acme-works.com', 8L, null");
        String parquet = dir.resolve("parquet").toString();
        people.coalesce(1).write().parquet(parquet);
        String delta = dir.resolve("delta").toString();
        people.coalesce(1).write().format("delta").save(delta);
        String lines = write(
                "people.jsonl",
                "{\"id\":\"1\",\"name\":\"Ada Byron\",\"email\":\"ada@acme-works.com\",\"score\":7,\"nested\":{\"a\":1}}",
                "{\"id\":\"2\",\"name\":\"Bea Lane\",\"email\":\"bea@acme-works.com\",\"score\":8,\"nested\":null}");
        String csv = write(
                "people.csv",
                "id;name;email;score;nested",
                "1;Ada Byron;ada@acme-works.com;7;\"{\"\"a\"\":1}\"",
                "2;Bea Lane;bea@acme-works.com;8;");
        Map<Format, String> paths =
                Map.of(Format.PARQUET, parquet, Format.DELTA, delta, Format.JSONL, lines, Format.CSV, csv);
        Set<String> hashes = new HashSet<>();
        paths.forEach((format, path) -> {
            try (ReadResult result = run(ReadOptions.FIRST_NIGHT, Specs.contacts(path, format, plain()))) {
                assertEquals(
                        "1 email:ada@acme-works.com {\"nested\":\"{\\\"a\\\":1}\",\"score\":\"7\"},"
                                + " 2 email:bea@acme-works.com {\"score\":\"8\"}",
                        texts(result.rows()
                                .orderBy("record_id")
                                .selectExpr("concat_ws(' ', record_id, lookup_key, to_json(carried))")),
                        format.name());
                assertEquals(2, result.extracts().get(0).rows(), format.name());
                hashes.add(texts(result.rows().orderBy("record_id").select("row_hash")));
            }
        });
        assertEquals(1, hashes.size());
    }

    @Test
    void rejectsAChangedTypeAndCarriesANewColumn() throws IOException {
        String extract = write(
                "people.csv", "id,email,Score,New One", "1,ada@acme-works.com,high,x", "2,bea@acme-works.com,9,y");
        ReadOptions options = new ReadOptions(
                Interval.ALL, false, List.of(), Map.of(EntityKind.PERSON, Map.of("score", "double")), Optional.empty());
        try (ReadResult result = run(options, Specs.contacts(extract, Format.CSV, plain()))) {
            assertEquals(
                    "people.csv:2 type column Score: type changed, expected double",
                    texts(result.rejects().selectExpr("concat(extract, ':', row, ' ', reason, ' ', detail)")));
            assertEquals("y", texts(result.rows().selectExpr("carried['new_one']")));
            assertEquals(
                    List.of("score double", "new_one string"),
                    result.carried().stream()
                            .map(c -> c.name() + " " + c.type())
                            .toList());
        }
    }

    @Test
    void stopsBeforeAnythingIsSpentWhenTooMuchIsSetAside() throws IOException {
        String extract = write("people.csv", "id,email", "1,ada@acme-works.com", "2", "3,cy@example.com,more");
        SourceSettings open = Specs.contacts(extract, Format.CSV, plain());
        SourceSettings bounded = new SourceSettings(
                open.name(),
                open.crm(),
                open.object(),
                open.format(),
                open.path(),
                open.encoding(),
                open.delimiter(),
                open.records(),
                true,
                false,
                0.2,
                new RejectLimit.Count(1),
                open.mapping());
        ExtractRefusedException refused =
                assertThrows(ExtractRefusedException.class, () -> run(ReadOptions.FIRST_NIGHT, bounded));
        assertEquals(
                List.of(
                        "source contacts: 2 of 3 rows would be set aside, more than max-rejects allows: 2 columns (first"
                                + " at people.csv:3); mend the export or the mapping, or raise max-rejects"),
                refused.messages());
    }

    @Test
    void refusesWhatTheLedgerOrTheFolderTellsAgainst() throws IOException {
        Lake lake = new Lake(name -> new TableRef(dir.resolve("lake/" + name).toString()));
        lake.extracts().ensure(spark());
        ExtractLedger ledger = new ExtractLedger(spark(), lake.extracts());
        String extract = write("people-2026-01-05.csv", "id,email", "1,ada@acme-works.com");
        SourceSettings source = Specs.contacts(dir + "/people-*.csv", Format.CSV, plain());
        try (ReadResult result = run(ReadOptions.FIRST_NIGHT, source)) {
            ledger.add("run-1", Instant.parse("2026-01-05T03:00:00Z"), result.extracts(), "test", 1);
            assertEquals(result.extracts(), ledger.read(List.of(source)));
        }
        ReadOptions secondNight =
                new ReadOptions(Interval.ALL, false, ledger.read(List.of(source)), Map.of(), Optional.empty());
        assertRefused("was read before and is unchanged", secondNight, source);
        Files.move(Path.of(extract), dir.resolve("people-2026-01-05.csv.part"));
        assertRefused("nothing lies at", secondNight, source);
        assertRefused("name is that of a file in transfer", secondNight, Specs.contacts(extract, Format.CSV, plain()));
        write("people-2026-01-06.csv", "id,email", "1,ada@acme-works.com", "2,bea");
        Path torn = dir.resolve("people-2026-01-06.csv");
        Files.writeString(torn, Files.readString(torn).replace(",bea\n", ""));
        assertRefused("its last record breaks off", secondNight, source);
    }

    @Test
    void readsAnotherEncodingOnceItIsSaid() {
        SourceSettings open =
                Specs.contacts(Specs.data("broken-csv/broken-encoding-windows-1252.csv"), Format.CSV, plain());
        SourceSettings said = new SourceSettings(
                open.name(),
                open.crm(),
                open.object(),
                open.format(),
                open.path(),
                "windows-1252",
                "",
                "",
                true,
                false,
                0.2,
                open.maxRejects(),
                open.mapping());
        try (ReadResult result = run(ReadOptions.FIRST_NIGHT, said)) {
            assertEquals(
                    "François “Premium” customer €, Anaïs Renews in Q4",
                    texts(result.rows()
                            .orderBy("record_id")
                            .selectExpr("concat(crm['name.full'], ' ', carried['notes'])")));
        }
    }

    @Test
    void choosesByTheIntervalAndReadsNewFilesOnly() throws IOException {
        write("night-2026-01-05.csv", "id,email", "1,ada@acme-works.com", "2,bea@acme-works.com");
        write("night-2026-01-06.csv", "id,email", "1,ada@other-works.com", "3,cy@acme-works.com");
        write("night-2026-01-07.csv", "id,email", "4,di@acme-works.com");
        SourceSettings full = Specs.contacts(dir + "/night-*.csv", Format.CSV, plain());
        Interval untilSixth =
                new Interval(Instant.parse("2026-01-05T00:00:00Z"), Instant.parse("2026-01-07T00:00:00Z"));
        assertEquals("1 3", idsOf(full, untilSixth, List.of()));
        SourceSettings incremental = new SourceSettings(
                full.name(),
                full.crm(),
                full.object(),
                full.format(),
                full.path(),
                "UTF-8",
                "",
                "",
                false,
                false,
                0.2,
                full.maxRejects(),
                full.mapping());
        assertEquals("1 2 3", idsOf(incremental, untilSixth, List.of()));
        List<ExtractInfo> read;
        try (ReadResult result =
                run(new ReadOptions(untilSixth, false, List.of(), Map.of(), Optional.empty()), incremental)) {
            assertEquals(
                    "email:ada@other-works.com",
                    texts(result.rows().where("record_id = '1'").select("lookup_key")));
            assertEquals(0, result.rejects().count());
            read = result.extracts();
        }
        assertEquals("4", idsOf(incremental, Interval.ALL, read));
    }

    private String idsOf(SourceSettings source, Interval interval, List<ExtractInfo> read) {
        try (ReadResult result = run(new ReadOptions(interval, false, read, Map.of(), Optional.empty()), source)) {
            return texts(result.rows().orderBy("record_id").select("record_id")).replace(",", "");
        }
    }

    private void assertRefused(String message, ReadOptions options, SourceSettings source) {
        ExtractRefusedException refused = assertThrows(ExtractRefusedException.class, () -> run(options, source));
        assertEquals(1, refused.messages().size());
        assertFalse(!refused.getMessage().contains(message), refused.getMessage());
    }

    private ReadResult run(ReadOptions options, SourceSettings... sources) {
        return new ReadStep(spark(), options).run(List.of(sources));
    }

    private static String texts(Dataset<Row> column) {
        return column.collectAsList().stream().map(row -> row.getString(0)).collect(Collectors.joining(", "));
    }

    private String write(String name, String... lines) throws IOException {
        return Files.writeString(dir.resolve(name), String.join("\n", lines) + "\n")
                .toString();
    }

    private static Flag flag(String column) {
        return new Flag(List.of(column), List.of());
    }

    private static ColumnMapping plain() {
        return Specs.plainPeople();
    }

    private static ColumnMapping mapping(LifeCycle lifeCycle) {
        ColumnMapping plain = plain();
        return new ColumnMapping(
                plain.entity(),
                plain.recordId(),
                plain.accountId(),
                plain.modifiedAt(),
                plain.fields(),
                Map.of(),
                lifeCycle,
                Map.of("Score", ColumnType.DOUBLE),
                NEVER);
    }
}
