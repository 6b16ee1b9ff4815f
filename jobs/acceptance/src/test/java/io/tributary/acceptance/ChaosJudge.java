package io.tributary.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.jobs.run.LakeJudge;
import io.tributary.sandbox.ledger.CallEntry;
import io.tributary.sandbox.ledger.Ledger;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads what the judge of a round needs. */
final class ChaosJudge {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ChaosJudge() {}

    /** Reads every table of a lake. */
    static LakeJudge of(Path lake) throws IOException {
        Python python = Python.with("notebook", Home.FOLDER.resolve("notebooks/requirements.txt"));
        Home.Ended read = Home.run(
                lake,
                List.of(
                        python.executable(),
                        Home.FOLDER
                                .resolve("jobs/acceptance/src/test/python/lake_rows.py")
                                .toString(),
                        lake.toString()),
                List.of());
        if (read.exitCode() != 0) {
            throw new IOException(read.output());
        }
        Map<String, List<JsonNode>> tables = new TreeMap<>();
        for (String line : read.output().lines().toList()) {
            JsonNode row = JSON.readTree(line);
            tables.computeIfAbsent(row.path("table").asText(), table -> new ArrayList<>())
                    .add(row.path("row"));
        }
        return new LakeJudge(tables);
    }

    /** When each billed call reached the provider. */
    static List<Long> billed(Ledger ledger) {
        return ledger.entries("hunter").stream()
                .filter(entry -> entry.billedCredits() > 0)
                .map(CallEntry::timeMillis)
                .toList();
    }
}
