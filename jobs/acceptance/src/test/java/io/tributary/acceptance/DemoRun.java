package io.tributary.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The demo, run as a user runs it.
 *
 * @param nights the summaries
 * @param ledger what the providers booked
 * @param figures what the demo promises, each with its bound
 */
record DemoRun(Path lake, int exitCode, List<JsonNode> nights, JsonNode ledger, List<JsonNode> figures) {
    static DemoRun in(Path folder, String... options) throws IOException {
        Path lake = folder.resolve("lake");
        List<String> command = new ArrayList<>(
                List.of(Home.FOLDER.resolve("tributary").toString(), "demo", "--json", "--lake", lake.toString()));
        command.addAll(List.of(options));
        Home.Ended demo = Home.run(folder, command, List.of());
        ObjectMapper json = new ObjectMapper();
        List<JsonNode> nights = new ArrayList<>();
        JsonNode ledger = null;
        List<JsonNode> figures = new ArrayList<>();
        for (String line : demo.output().lines().toList()) {
            if (line.startsWith("{\"run_id\"")) {
                nights.add(json.readTree(line));
            } else if (line.startsWith("{\"ledger\"")) {
                ledger = json.readTree(line).path("ledger");
            } else if (line.startsWith("{\"figure\"")) {
                figures.add(json.readTree(line));
            }
        }
        if (nights.size() != 3 || ledger == null) {
            throw new IOException("the demo did not end well:\n" + demo.output());
        }
        return new DemoRun(lake, demo.exitCode(), nights, ledger, figures);
    }

    /** The promises that the demo itself says are broken, of which there were so many. */
    List<JsonNode> broken(int promises) {
        if (figures.size() != promises) {
            throw new AssertionError("the demo shows " + figures.size() + " promises: " + figures);
        }
        return figures.stream()
                .filter(figure -> !figure.path("pass").asBoolean())
                .toList();
    }

    /** History held against the providers' books. */
    JsonNode comparedWithTheBooks() throws IOException {
        Python python = Python.with("notebook", Home.FOLDER.resolve("notebooks/requirements.txt"));
        Home.Ended run = Home.run(
                lake,
                List.of(
                        python.executable(),
                        Home.FOLDER
                                .resolve("jobs/acceptance/src/test/python/compare_ledger.py")
                                .toString(),
                        lake.toString()),
                List.of());
        if (run.exitCode() != 0) {
            throw new IOException(run.output());
        }
        return new ObjectMapper().readTree(run.output());
    }

    /** The sum of a count over the nights. */
    long sum(String count) {
        return nights.stream().mapToLong(night -> night.path(count).asLong()).sum();
    }

    /** The sum of a figure over the nights. */
    double credits(String figure) {
        return nights.stream()
                .mapToDouble(night -> night.path(figure).asDouble())
                .sum();
    }

    /** What the providers billed. */
    double billedCredits() {
        double sum = 0;
        for (JsonNode provider : ledger.path("providers")) {
            sum += provider.path("billed_credits").asDouble();
        }
        return sum;
    }

    /** The sum of a count over the providers. */
    long booked(String count) {
        long sum = 0;
        for (JsonNode provider : ledger.path("providers")) {
            sum += provider.path(count).asLong();
        }
        return sum;
    }
}
