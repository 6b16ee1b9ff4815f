package io.tributary.acceptance;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What rounds came to, one line of JSON each, from as many sittings as it took. */
record ChaosResults(Path file) {
    private static final ObjectMapper JSON = new ObjectMapper();

    private record Round(long seed, int keys) {}

    void append(ChaosOutcome outcome) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(
                file, JSON.writeValueAsString(outcome) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** All of them; of a round that was played again, the last. */
    List<ChaosOutcome> all() throws IOException {
        Map<Round, ChaosOutcome> rounds = new LinkedHashMap<>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                ChaosOutcome outcome = JSON.readValue(line, ChaosOutcome.class);
                rounds.put(new Round(outcome.seed(), outcome.keys()), outcome);
            }
        }
        return new ArrayList<>(rounds.values());
    }
}
