package io.tributary.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.sandbox.ledger.CallEntry;
import io.tributary.sandbox.ledger.Ledger;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Holds a lake to the provider's books, and to a lake on which nothing went wrong. */
final class ChaosJudge {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Of rows that are alike wrong. */
    private static final int SHOWN = 3;

    private static final Set<String> FINAL = Set.of("MATCHED", "PARTIAL");

    /** What two nights may differ in: runs, times, and where an extract lay. */
    private static final Set<String> OF_A_RUN = Set.of(
            "_run_id",
            "_content_hash",
            "_extracted_at",
            "_source_extract",
            "enriched_at",
            "next_refresh_at",
            "_look_again_at",
            "response_id",
            "fetched_at");

    private final Map<String, List<JsonNode>> tables;

    private ChaosJudge(Map<String, List<JsonNode>> tables) {
        this.tables = tables;
    }

    /** Reads every table of a lake. */
    static ChaosJudge of(Path lake) throws IOException {
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
        return new ChaosJudge(tables);
    }

    /**
     * Of one round.
     *
     * @param repeats answers that were paid for twice
     * @param of what lost the first of them
     * @param bound how many it may be
     * @param told repeats that the summaries tell of
     * @param late calls that came when nobody could have had a lease
     * @param broken the promises that were not kept, in words
     */
    record Verdict(long repeats, Repeats of, long bound, long told, long late, List<String> broken) {
        Verdict {
            broken = List.copyOf(broken);
        }
    }

    /**
     * Judges a round.
     *
     * @param answered how long answers take
     * @param expected the golden rows of a night in peace
     */
    Verdict verdict(Ledger ledger, ChaosHarm harm, Duration answered, Map<String, JsonNode> expected)
            throws IOException {
        List<CallEntry> calls = ledger.entries("hunter");
        long repeats = ledger.counts("hunter").repeats();
        long bound = Exposure.repeats(harm.exposures(), Repeats.billed(calls), answered);
        Repeats of = Repeats.in(calls, harm.exposures(), answered);
        long told = told();
        long late = harm.standstills().stream()
                .mapToLong(standstill -> standstill.late(calls))
                .sum();
        List<String> broken = new ArrayList<>();
        lost(ledger).forEach(key -> broken.add("paid for, and not in history: " + key));
        doubled().forEach(row -> broken.add("twice in its table: " + row));
        if (repeats > bound) {
            broken.add(repeats + " answers were paid for twice, where " + bound + " can have been lost");
        }
        if (of.unexplained() > 0) {
            broken.add(of.unexplained() + " answers were paid for twice that were on disk when something died");
        }
        broken.addAll(of.beyond());
        if (repeats - harm.segmentRecords() > told) {
            broken.add(repeats + " answers were paid for twice, and the summaries tell of " + told);
        }
        long untold = untold(calls);
        if (untold > harm.segmentRecords()) {
            broken.add(untold
                    + " answers were paid for twice of which history does not say by their keys that they may have"
                    + " been");
        }
        long refused = ledger.counts("hunter").refusedByWindow();
        if (refused > 0) {
            broken.add(refused + " calls were refused by a window: somebody called without a part of the quota");
        }
        if (late > 0) {
            broken.add(late + " calls came when whoever made them had no lease");
        }
        broken.addAll(otherThan(expected));
        return new Verdict(repeats, of, bound, told, late, broken);
    }

    private List<String> otherThan(Map<String, JsonNode> expected) {
        List<String> broken = new ArrayList<>();
        Map<String, JsonNode> golden = golden();
        if (!golden.keySet().equals(expected.keySet())) {
            broken.add("golden rows: " + golden.size() + " instead of " + expected.size());
        }
        List<String> other = expected.keySet().stream()
                .filter(record ->
                        golden.containsKey(record) && !golden.get(record).equals(expected.get(record)))
                .toList();
        other.stream()
                .limit(SHOWN)
                .forEach(record -> broken.add("golden row " + record + " (one of " + other.size() + " others) is "
                        + golden.get(record) + " instead of " + expected.get(record)));
        return broken;
    }

    /** Answers that were paid for, but for each key one and as many as history has unknown outcomes of it. */
    private long untold(List<CallEntry> calls) {
        Map<String, Long> unknown = rows("history").stream()
                .filter(row -> row.path("outcome").asText().equals("UNKNOWN"))
                .collect(Collectors.groupingBy(row -> row.path("lookup_key").asText(), Collectors.counting()));
        return calls.stream()
                .filter(call -> call.billedCredits() > 0)
                .collect(Collectors.groupingBy(call -> "email:" + call.input(), Collectors.counting()))
                .entrySet()
                .stream()
                .mapToLong(paid -> Math.max(0, paid.getValue() - 1 - unknown.getOrDefault(paid.getKey(), 0L)))
                .sum();
    }

    /** The repeats that the summaries of all nights tell of, dead ones too. */
    private long told() throws IOException {
        long told = 0;
        for (JsonNode run : rows("runs")) {
            told += JSON.readTree(run.path("summary").asText()).path("repeats").asLong();
        }
        return told;
    }

    /** The golden rows, without what differs from run to run, by their record. */
    Map<String, JsonNode> golden() {
        Map<String, JsonNode> golden = new TreeMap<>();
        rows("contacts").forEach(row -> golden.put(row.path("_crm_id").asText(), lasting(row.deepCopy())));
        return golden;
    }

    /** Billed answers that history does not hold. */
    private List<String> lost(Ledger ledger) {
        Set<String> kept = new HashSet<>();
        rows("history").stream()
                .filter(row -> FINAL.contains(row.path("outcome").asText()))
                .forEach(row -> kept.add(row.path("lookup_key").asText()));
        Set<String> lost = new TreeSet<>();
        ledger.entries("hunter").stream()
                .filter(entry -> entry.billedCredits() > 0)
                .map(entry -> "email:" + entry.input())
                .filter(key -> !kept.contains(key))
                .forEach(lost::add);
        return List.copyOf(lost);
    }

    /** Ids of answers, and records, that stand in their table twice. */
    private List<String> doubled() {
        return Stream.concat(
                        twice(rows("history").stream()
                                .map(row -> row.path("response_id").asText())),
                        twice(rows("contacts").stream()
                                .map(row -> row.path("_crm_id").asText())))
                .toList();
    }

    private static Stream<String> twice(Stream<String> all) {
        Set<String> seen = new HashSet<>();
        return all.filter(each -> !seen.add(each)).toList().stream();
    }

    private List<JsonNode> rows(String table) {
        return tables.getOrDefault(table, List.of());
    }

    private static JsonNode lasting(JsonNode row) {
        if (row instanceof ObjectNode object) {
            object.remove(OF_A_RUN);
        }
        row.forEach(ChaosJudge::lasting);
        return row;
    }
}
