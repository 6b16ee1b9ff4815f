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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a new user sees first, and what an analyst does with it. */
class DemoIT {
    @TempDir
    static Path folder;

    private static final List<JsonNode> NIGHTS = new ArrayList<>();
    private static JsonNode ledger;

    @BeforeAll
    static void runTheDemo() throws IOException {
        Home.Ended demo = Home.run(
                folder,
                List.of(
                        Home.FOLDER.resolve("tributary").toString(),
                        "demo",
                        "--json",
                        "--quota-scale",
                        "5",
                        "--lake",
                        folder.resolve("lake").toString()),
                List.of());
        assertEquals(0, demo.exitCode(), demo.output());
        ObjectMapper json = new ObjectMapper();
        for (String line : demo.output().lines().toList()) {
            if (line.startsWith("{\"run_id\"")) {
                NIGHTS.add(json.readTree(line));
            } else if (line.startsWith("{\"ledger\"")) {
                ledger = json.readTree(line).path("ledger");
            }
        }
        assertEquals(3, NIGHTS.size(), demo.output());
    }

    @Test
    void noAnswerIsPaidTwiceAndNoWindowIsPassed() {
        for (JsonNode provider : ledger.path("providers")) {
            assertEquals(0, provider.path("repeats").asInt(), provider.toString());
            assertEquals(0, provider.path("refused_by_window").asInt(), provider.toString());
        }
        assertTrue(ledger.path("providers").path("hunter").path("billed").asInt() > 100);
    }

    @Test
    void theSecondNightAsksExactlyWhatIsNewOrDue() {
        JsonNode second = NIGHTS.get(1);
        // New: 6 contacts of Salesforce, 12 customers, 3 agencies. Due that day: what was 29 or 89 days old the night
        // before, and the "not found" of 29 days.
        assertEquals(6 + 12 + 3 + 3, second.path("work").asInt(), second.toString());
        assertTrue(second.path("cache_hits").asInt() > 400);
    }

    @Test
    void onceMoreAsksNothingAndChangesNothing() {
        JsonNode third = NIGHTS.get(2);
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
    void everyTableOpensWithReaderVersionOne() throws IOException {
        for (String table :
                List.of("contacts", "accounts", "history", "work", "runs", "rejects", "suppressions", "extracts")) {
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
