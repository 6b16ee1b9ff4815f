package io.tributary.jobs.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.sandbox.ledger.Ledger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Holds the rows of a lake to a provider's books, and to a lake on which nothing went wrong. Immutable. */
public final class LakeJudge {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> FINAL = Set.of("MATCHED", "PARTIAL");
    private static final List<String> GOLDEN = List.of("contacts", "accounts");

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
            "fetched_at",
            "run_id",
            "read_at");

    private final Map<String, List<JsonNode>> tables;

    /** @param tables the rows of each, by its name; one that is missing is empty */
    public LakeJudge(Map<String, List<JsonNode>> tables) {
        this.tables = Map.copyOf(tables);
    }

    /** The repeats that the summaries of all nights tell of, dead ones too. */
    public long told() throws JsonProcessingException {
        long told = 0;
        for (JsonNode run : rows("runs")) {
            told += JSON.readTree(run.path("summary").asText()).path("repeats").asLong();
        }
        return told;
    }

    /** What the runs say that they spent, and what they may have spent besides at most. */
    double[] spent() {
        double[] spent = new double[2];
        rows("runs").forEach(run -> {
            spent[0] += run.path("credits").asDouble();
            spent[1] += run.path("credits_uncertain").asDouble();
        });
        return spent;
    }

    /** The golden rows, without what differs from run to run, by table and record. */
    public Map<String, JsonNode> golden() {
        Map<String, JsonNode> golden = new TreeMap<>();
        for (String table : GOLDEN) {
            rows(table)
                    .forEach(row -> golden.put(table + " " + row.path("_crm_id").asText(), lasting(row.deepCopy())));
        }
        return golden;
    }

    /** Where the golden rows are not those of a lake on which nothing went wrong, in words. */
    public List<String> differences(Map<String, JsonNode> peaceful) {
        List<String> differences = new ArrayList<>();
        Map<String, JsonNode> golden = golden();
        if (!golden.keySet().equals(peaceful.keySet())) {
            differences.add("golden rows: " + golden.size() + " instead of " + peaceful.size());
        }
        peaceful.forEach((record, row) -> {
            if (golden.containsKey(record) && !golden.get(record).equals(row)) {
                differences.add("golden row " + record + " is " + golden.get(record) + " instead of " + row);
            }
        });
        return differences;
    }

    /** Keys whose answer a provider billed and history does not hold. */
    public List<String> lost(Ledger ledger, String provider) {
        Set<String> kept = new HashSet<>();
        rows("history").stream()
                .filter(row -> row.path("provider").asText().equals(provider))
                .filter(row -> FINAL.contains(row.path("outcome").asText()))
                .forEach(row -> kept.add(row.path("lookup_key").asText()));
        Set<String> lost = new TreeSet<>();
        ledger.entries(provider).stream()
                .filter(entry -> entry.billedCredits() > 0)
                .map(entry -> (entry.entity().startsWith("company") ? "domain:" : "email:") + entry.input())
                .filter(key -> !kept.contains(key))
                .forEach(lost::add);
        return List.copyOf(lost);
    }

    /** Ids of answers and of runs, and records, that stand in their table twice. */
    public List<String> doubled() {
        return Stream.concat(
                        Stream.of(twice(ids("history", "response_id")), twice(ids("runs", "run_id"))),
                        GOLDEN.stream().map(table -> twice(ids(table, "_crm_id"))))
                .flatMap(List::stream)
                .toList();
    }

    private Stream<String> ids(String table, String column) {
        return rows(table).stream().map(row -> row.path(column).asText());
    }

    private static List<String> twice(Stream<String> all) {
        Set<String> seen = new HashSet<>();
        return all.filter(each -> !seen.add(each)).toList();
    }

    /** Rows without what differs from run to run, as text, sorted. */
    List<String> lasting(String table) {
        return rows(table).stream()
                .map(row -> lasting(row.deepCopy()).toString())
                .sorted()
                .toList();
    }

    /** Every row of a table. */
    List<JsonNode> rows(String table) {
        return tables.getOrDefault(table, List.of());
    }

    private static JsonNode lasting(JsonNode row) {
        if (row instanceof ObjectNode object) {
            object.remove(OF_A_RUN);
        }
        row.forEach(LakeJudge::lasting);
        return row;
    }
}
