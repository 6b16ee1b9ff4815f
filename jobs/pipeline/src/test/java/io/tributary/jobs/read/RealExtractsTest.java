package io.tributary.jobs.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.jobs.SparkTest;
import io.tributary.settings.SourceSettings;
import io.tributary.settings.SourceSettings.CrmObject;
import io.tributary.settings.SourceSettings.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What becomes of real and published extracts, as a file that a reviewer can read: rows, identified rows, distinct keys
 * and rejects by reason. Rewritten by {@code -Dtributary.update=true}.
 */
class RealExtractsTest extends SparkTest {
    private static final Path EXPECTED = Path.of("src/test/resources/expected/read.json");

    @Test
    void readsEveryRealExtractAsExpected(@TempDir Path dir) throws IOException {
        ObjectMapper json = new ObjectMapper();
        ObjectNode figures = json.createObjectNode();
        for (Map.Entry<String, List<SourceSettings>> set : sets(dir).entrySet()) {
            try (ReadResult result = new ReadStep(spark(), ReadOptions.FIRST_NIGHT).run(set.getValue())) {
                figures.set(set.getKey(), figures(json, result, set.getValue()));
            }
        }
        String actual = json.writerWithDefaultPrettyPrinter().writeValueAsString(figures) + "\n";
        if (Boolean.getBoolean("tributary.update")) {
            Files.createDirectories(EXPECTED.getParent());
            Files.writeString(EXPECTED, actual);
        }
        assertEquals(Files.readString(EXPECTED), actual, "rewrite by -Dtributary.update=true, and read the difference");
    }

    /** Each row is searched for the identity numbers that its own line holds. */
    @Test
    void letsNoIdentityNumberLeaveTheExtract() throws IOException {
        List<SourceSettings> sources =
                salesforce("salesforce-security/", ".csv.gz", CrmObject.CONTACT, CrmObject.ACCOUNT);
        Map<String, List<String>> secrets = secrets(sources.get(0));
        assertEquals(1412, secrets.size());
        try (ReadResult result = new ReadStep(spark(), ReadOptions.FIRST_NIGHT).run(sources)) {
            List<Row> rows = result.rows()
                    .where("object = 'contact'")
                    .selectExpr("record_id", "to_json(struct(*))")
                    .collectAsList();
            assertEquals(1412, rows.size());
            for (Row row : rows) {
                for (String secret : secrets.get(row.getString(0))) {
                    assertEquals(-1, row.getString(1).indexOf(secret), "found in row " + row.getString(0));
                }
            }
            String rejects = String.join("", result.rejects().toJSON().collectAsList());
            secrets.values().forEach(own -> own.forEach(secret -> assertEquals(-1, rejects.indexOf(secret))));
        }
    }

    private static Map<String, List<String>> secrets(SourceSettings contacts) throws IOException {
        Map<String, List<String>> secrets = new TreeMap<>();
        try (ExtractScanner scanner =
                new ExtractFiles(new org.apache.hadoop.conf.Configuration()).open(contacts, contacts.path())) {
            for (Optional<Scanned> next = scanner.next(); next.isPresent(); next = scanner.next()) {
                Map<String, String> values = ((Scanned.Readable) next.get()).values();
                secrets.put(
                        values.get("Id"),
                        Stream.of("Birthdate", "SSN__c", "Passport_ID__c", "Member_ID__c", "Employee_ID__c")
                                .map(values::get)
                                .filter(Objects::nonNull)
                                .toList());
            }
        }
        return secrets;
    }

    private static Map<String, List<SourceSettings>> sets(Path dir) throws IOException {
        Map<String, List<SourceSettings>> sets = new TreeMap<>();
        sets.put("salesforce", salesforce("salesforce/", ".csv", CrmObject.CONTACT, CrmObject.LEAD, CrmObject.ACCOUNT));
        sets.put(
                "salesforce-security",
                salesforce("salesforce-security/", ".csv.gz", CrmObject.CONTACT, CrmObject.ACCOUNT));
        sets.put(
                "salesforce-json",
                List.of(
                        tree(CrmObject.CONTACT, "contacts-data.json", "tree-contact"),
                        tree(CrmObject.LEAD, "brokers-data.json", "tree-broker")));
        sets.put(
                "datablist",
                List.of(
                        datablist(CrmObject.CONTACT, "customers"),
                        datablist(CrmObject.LEAD, "leads"),
                        datablist(CrmObject.ACCOUNT, "organizations")));
        sets.put(
                "warehouse-hubspot",
                List.of(
                        warehouse(CrmObject.CONTACT, "contact_data.csv", "warehouse-contact"),
                        warehouse(CrmObject.ACCOUNT, "company_data.csv", "warehouse-company")));
        sets.put(
                "gov-domains",
                List.of(Specs.source(
                        "gov",
                        CrmObject.ACCOUNT,
                        Format.CSV,
                        Specs.data("gov-domains/2026-08-22.csv.gz"),
                        Specs.shipped("gov-domains"))));
        sets.put("hubspot", HubSpotExport.write(dir));
        return sets;
    }

    private static List<SourceSettings> salesforce(String folder, String suffix, CrmObject... objects) {
        return java.util.Arrays.stream(objects)
                .map(object -> {
                    String file = object.name().charAt(0) + object.id().substring(1) + suffix;
                    String path = Specs.data(folder + file);
                    return Specs.source(
                            "salesforce", object, Format.CSV, path, Specs.shipped("salesforce-" + object.id()));
                })
                .toList();
    }

    private static SourceSettings tree(CrmObject object, String file, String mapping) {
        return Specs.source(
                "salesforce",
                object,
                Format.JSON,
                Specs.data("salesforce-json/" + file),
                Specs.mapping(Path.of(Specs.data("mappings/" + mapping + ".yaml"))));
    }

    private static SourceSettings datablist(CrmObject object, String name) {
        return Specs.source(
                "datablist",
                object,
                Format.CSV,
                Specs.data("datablist/" + name + "-10000.csv.gz"),
                Specs.shipped("datablist-" + name));
    }

    private static SourceSettings warehouse(CrmObject object, String file, String mapping) {
        return Specs.source(
                "hubspot",
                object,
                Format.CSV,
                Specs.data("warehouse-hubspot/" + file),
                Specs.mapping(Path.of(Specs.data("mappings/" + mapping + ".yaml"))));
    }

    private static ObjectNode figures(ObjectMapper json, ReadResult result, List<SourceSettings> sources) {
        Map<String, Row> rows = byObject(result.rows()
                .groupBy("object")
                .agg(
                        org.apache.spark.sql.functions.expr("count(*) as n"),
                        org.apache.spark.sql.functions.expr("count(lookup_key) as identified"),
                        org.apache.spark.sql.functions.expr("count(distinct lookup_key) as keys"))
                .collectAsList());
        List<Row> cycles = result.rows()
                .groupBy("object", "life_cycle")
                .count()
                .orderBy("life_cycle")
                .collectAsList();
        List<Row> rejects = result.rejects()
                .groupBy("object", "reason")
                .count()
                .orderBy("reason")
                .collectAsList();
        ObjectNode figures = json.createObjectNode();
        for (SourceSettings source : sources) {
            String object = source.object().id();
            ObjectNode one = figures.putObject(object);
            Row row = rows.get(object);
            one.put("rows", row.<Long>getAs("n"));
            one.put("identified", row.<Long>getAs("identified"));
            one.put("distinct_keys", row.<Long>getAs("keys"));
            counts(one.putObject("life_cycle"), cycles, object, "life_cycle");
            counts(one.putObject("rejects"), rejects, object, "reason");
        }
        return figures;
    }

    private static void counts(ObjectNode into, List<Row> rows, String object, String by) {
        rows.stream()
                .filter(row -> row.getAs("object").equals(object))
                .forEach(row -> into.put(row.<String>getAs(by), row.<Long>getAs("count")));
    }

    private static Map<String, Row> byObject(List<Row> rows) {
        return rows.stream().collect(Collectors.toMap(row -> row.<String>getAs("object"), Function.identity()));
    }
}
