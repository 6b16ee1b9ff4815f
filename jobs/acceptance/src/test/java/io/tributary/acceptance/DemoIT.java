package io.tributary.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a new user sees first, and what an analyst does with it. */
@Order(4)
class DemoIT {
    @TempDir
    static Path folder;

    private static DemoRun demo;

    @BeforeAll
    static void runTheDemo() throws IOException {
        demo = DemoRun.in(folder);
        assertEquals(0, demo.exitCode());
    }

    @Test
    void noAnswerIsPaidTwiceAndNoWindowIsPassed() {
        assertEquals(0, demo.booked("repeats"), demo.ledger().toString());
        assertEquals(0, demo.booked("refused_by_window"), demo.ledger().toString());
        assertTrue(demo.booked("billed") > 400, demo.ledger().toString());
        assertEquals(demo.billedCredits(), demo.credits("credits"));
        assertEquals(0.0, demo.credits("credits_uncertain"));
    }

    @Test
    void everyPromiseThatTheDemoShowsIsKept() {
        assertEquals(List.of(), demo.broken(8));
    }

    @Test
    void aWindowOfTheFactSheetsIsUsedAndNotWasted() {
        double most = 0;
        for (JsonNode provider : demo.ledger().path("providers")) {
            JsonNode busiest = provider.path("busiest_window");
            if (busiest.path("limit").asDouble() > 0) {
                most = Math.max(
                        most,
                        busiest.path("used").asDouble() / busiest.path("limit").asDouble());
            }
        }
        assertTrue(most >= 0.8 && most <= 1, "at most " + most + " of a window was used");
    }

    @Test
    void everyAnswerThatWasPaidForIsInHistory() throws IOException {
        JsonNode books = demo.comparedWithTheBooks();
        assertEquals(demo.booked("billed"), books.path("billed").asLong());
        assertEquals(0, books.path("missing").size(), books.toString());
        assertEquals(0, books.path("unanswered").size(), books.toString());
    }

    @Test
    void theSecondNightAsksExactlyWhatIsNewOrDue() {
        JsonNode second = demo.nights().get(1);
        // New: 6 contacts of Salesforce, 12 customers, 3 agencies. Due that day: what was 29 or 89 days old the night
        // before, and the "not found" of 29 days.
        assertEquals(6 + 12 + 3 + 3, second.path("work").asInt(), second.toString());
        assertTrue(second.path("cache_hits").asInt() > 400);
    }

    @Test
    void onceMoreAsksNothingAndChangesNothing() {
        JsonNode third = demo.nights().get(2);
        assertEquals(0, third.path("work").asInt(), third.toString());
        assertEquals(0, third.path("calls").asInt(), third.toString());
        assertEquals(0, third.path("golden_changed").asInt(), third.toString());
    }

    @Test
    void theNotebookRunsOnTheLake() throws IOException {
        Python python = Python.with("notebook", Home.FOLDER.resolve("notebooks/requirements.txt"));
        Home.Ended run = Home.run(
                folder,
                List.of(
                        python.executable(),
                        Home.FOLDER
                                .resolve("jobs/acceptance/src/test/python/run_notebook.py")
                                .toString(),
                        Home.FOLDER.resolve("notebooks/first-look.ipynb").toString(),
                        folder.resolve("executed.ipynb").toString()),
                List.of("TRIBUTARY_LAKE=" + folder.resolve("lake")));
        assertEquals(0, run.exitCode(), run.output());
        assertTrue(run.output().contains("2 plots"), run.output());
    }

    @Test
    void everyTableIsReadByArrowPolarsAndDuckDb() throws IOException {
        Python python = Python.with("notebook", Home.FOLDER.resolve("notebooks/requirements.txt"));
        String read = readTables(python, "read_tables.py", List.of());
        assertTrue(read.contains(tables() + " tables, "), read);
    }

    @Test
    @Tag("long")
    void everyTableIsReadByPySpark() throws IOException {
        Python python = Python.with("pyspark", Home.FOLDER.resolve("jobs/acceptance/src/test/python/pyspark.txt"));
        String read = readTables(
                python,
                "read_tables_spark.py",
                List.of(Home.SPARK.resolve("jars").toString()));
        assertTrue(read.contains(tables() + " tables"), read);
    }

    private static String readTables(Python python, String script, List<String> more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                python.executable(),
                Home.FOLDER
                        .resolve("jobs/acceptance/src/test/python")
                        .resolve(script)
                        .toString(),
                folder.resolve("lake").toString()));
        command.addAll(more);
        Home.Ended run = Home.run(folder, command, List.of());
        assertEquals(0, run.exitCode(), run.output());
        return run.output();
    }

    private static long tables() throws IOException {
        try (Stream<Path> folders = Files.list(folder.resolve("lake"))) {
            return folders.filter(each -> Files.isDirectory(each.resolve("_delta_log")))
                    .count();
        }
    }

    @Test
    void everyTableOpensWithReaderVersionOne() throws IOException {
        for (String table : List.of(
                "contacts",
                "accounts",
                "history",
                "identities",
                "work",
                "runs",
                "rejects",
                "suppressions",
                "erasures",
                "extracts",
                "answer_fields")) {
            Path first = folder.resolve("lake").resolve(table).resolve("_delta_log/00000000000000000000.json");
            String protocol = Files.readAllLines(first).stream()
                    .filter(line -> line.startsWith("{\"protocol\""))
                    .findFirst()
                    .orElseThrow();
            assertEquals(
                    1,
                    new ObjectMapper()
                            .readTree(protocol)
                            .path("protocol")
                            .path("minReaderVersion")
                            .asInt(),
                    table);
        }
    }
}
