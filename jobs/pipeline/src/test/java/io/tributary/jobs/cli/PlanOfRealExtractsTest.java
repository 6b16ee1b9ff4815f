package io.tributary.jobs.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.jobs.Figures;
import io.tributary.jobs.SparkTest;
import io.tributary.jobs.read.HubSpotExport;
import io.tributary.settings.SourceSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/**
 * {@code tributary plan --json} with the shipped settings over whole real extracts, as files that a reviewer can read.
 * Rewritten by {@code -Dtributary.update=true}. All plans share one lake: a plan leaves nothing behind that the next
 * could see.
 */
class PlanOfRealExtractsTest extends SparkTest {
    private static final Path EXPECTED = Path.of("src/test/resources/expected/plan");
    private static final Figures FIGURES = new Figures("plan");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path dir;

    @ParameterizedTest
    @ValueSource(strings = {"salesforce", "datablist", "hubspot"})
    void plansAWholeRealSetAsExpected(String set) throws IOException {
        JsonNode plan = plan(inputs(set));
        String actual = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(plan) + "\n";
        Path file = EXPECTED.resolve(set + ".json");
        if (Boolean.getBoolean("tributary.update")) {
            Files.createDirectories(EXPECTED);
            Files.writeString(file, actual);
        }
        String expected = Files.readString(file);
        figures(set, JSON.readTree(expected), plan);
        assertEquals(expected, actual, "rewrite by -Dtributary.update=true, and read the difference");
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(strings = {"salesforce", "datablist", "hubspot"})
    void aParquetFileAndADeltaTableOfTheSameRowsYieldTheSamePlan(String set) throws IOException {
        List<Input> inputs = new ArrayList<>(inputs(set));
        int last = inputs.size() - 1;
        inputs.set(0, rewritten(inputs.get(0), set, "parquet"));
        inputs.set(last, rewritten(inputs.get(last), set, "delta"));

        JsonNode plan = plan(inputs);

        JsonNode expected = JSON.readTree(Files.readString(EXPECTED.resolve(set + ".json")));
        FIGURES.exactly(set + ": same plan from Parquet and Delta", true, expected.equals(plan));
    }

    /** One extract of a set. */
    private record Input(String crm, String object, String format, String path, String mapping) {
        String setting() {
            return "{name: " + crm + "-" + object + ", crm: " + crm + ", object: " + object + ", format: " + format
                    + ", path: \"" + path + "\", mapping: " + mapping + ", max-rejects: 100%}";
        }
    }

    private static List<Input> inputs(String set) throws IOException {
        String data = "src/test/resources/data/" + set + "/";
        return switch (set) {
            case "salesforce" ->
                List.of(
                        new Input(set, "contact", "csv", data + "Contact.csv", "salesforce-contact"),
                        new Input(set, "lead", "csv", data + "Lead.csv", "salesforce-lead"),
                        new Input(set, "account", "csv", data + "Account.csv", "salesforce-account"));
            case "datablist" ->
                List.of(
                        new Input(set, "contact", "csv", data + "customers-10000.csv.gz", "datablist-customers"),
                        new Input(set, "lead", "csv", data + "leads-10000.csv.gz", "datablist-leads"),
                        new Input(
                                set, "account", "csv", data + "organizations-10000.csv.gz", "datablist-organizations"));
            case "hubspot" -> {
                List<SourceSettings> made = HubSpotExport.write(dir);
                yield List.of(
                        new Input(set, "contact", "csv", made.get(0).path(), "hubspot-contact"),
                        new Input(set, "account", "csv", made.get(1).path(), "hubspot-company"));
            }
            default -> throw new IllegalArgumentException(set);
        };
    }

    /** The same rows, written by Spark; names with spaces need Delta's column mapping, as in any lake. */
    private Input rewritten(Input input, String set, String format) {
        Dataset<Row> rows = spark().read()
                .option("header", "true")
                .option("multiLine", "true")
                .option("escape", "\"")
                .csv(input.path());
        String path = dir.resolve(set + "-" + input.object() + "." + format).toString();
        rows.write().format(format).option("delta.columnMapping.mode", "name").save(path);
        return new Input(input.crm(), input.object(), format, path, input.mapping());
    }

    /** What the command prints, as a user would call it. */
    private JsonNode plan(List<Input> inputs) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("--conf", "../../conf", "--as-of", "2026-08-22T02:00:00Z", "--json"));
        List<String> settings = List.of(
                "lake.root=" + dir.resolve("lake"),
                "sources=[" + inputs.stream().map(Input::setting).collect(Collectors.joining(", ")) + "]",
                "providers={apollo: {max-credits-per-run: 40000}, hunter: {max-credits-per-run: 5000},"
                        + " clearbit: {max-credits-per-run: 2500}}",
                "waterfall={person: [apollo, hunter, clearbit], company: [hunter, clearbit]}",
                "budget={}");
        settings.forEach(setting -> arguments.addAll(List.of("--set", setting)));
        PlanCommand command = new PlanCommand();
        new CommandLine(command).parseArgs(arguments.toArray(String[]::new));
        return JSON.readTree(command.planned(command.conf.load(), spark()));
    }

    private static void figures(String set, JsonNode expected, JsonNode plan) {
        for (int i = 0; i < plan.get("sources").size(); i++) {
            JsonNode source = plan.get("sources").get(i);
            JsonNode bound = expected.get("sources").get(i);
            for (String name : List.of("rows_read", "identified", "distinct_keys", "keys_per_row", "rejects")) {
                FIGURES.exactly(
                        set + " " + source.get("object").asText() + ": " + name, bound.get(name), source.get(name));
            }
        }
        for (int i = 0; i < plan.get("providers").size(); i++) {
            JsonNode line = plan.get("providers").get(i);
            for (String name : List.of("at_most", "calls", "worst_credits", "seconds_at_quota")) {
                FIGURES.exactly(
                        set + " " + line.get("provider").asText() + ": " + name,
                        expected.get("providers").get(i).get(name),
                        line.get(name));
            }
        }
    }
}
