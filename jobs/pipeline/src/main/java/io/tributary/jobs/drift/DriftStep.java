package io.tributary.jobs.drift;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.min;

import io.tributary.jobs.table.Lake;
import io.tributary.jobs.table.LakeTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Finds the fields of new answers that no answer of the same operation had before, and remembers them. An operation that is
 * seen for the first time has no past to differ from, and is remembered without a word. The caller has the lake's tables.
 */
public final class DriftStep {
    /** Those that were read, and those that might have been, had they looked as they used to. */
    private static final String READ =
            "outcome IN ('MATCHED', 'PARTIAL') OR outcome = 'UNKNOWN' AND http_status IN (200, 201, 203)";

    private final SparkSession spark;
    private final Lake lake;

    public DriftStep(SparkSession spark, Lake lake) {
        this.spark = spark;
        this.lake = lake;
    }

    /** Fields of one operation: by path the types that it had. */
    private record Place(String provider, String entity, String operation) {
        static Place of(Row row) {
            return new Place(row.getAs("provider"), row.getAs("entity"), row.getAs("operation"));
        }
    }

    /**
     * Looks at the answers of runs.
     *
     * @param runs whose answers have come into history just now; no others are read
     * @return one for each provider and entity whose answers differ from before, by their names
     */
    public List<Drift> run(List<String> runs) {
        if (runs.isEmpty()) {
            return List.of();
        }
        // Names of fields, some hundreds for a provider: no data.
        List<Row> now = lake.history()
                .read(spark)
                .where(col("run_id").isin(runs.toArray()))
                .where(col("carried_by").isNull().and(expr("raw_body <> ''")).and(expr(READ)))
                .select("provider", "entity", "operation", "raw_body", "fetched_at", "run_id")
                .mapPartitions(new AnswerFields(), Encoders.row(AnswerFields.SCHEMA))
                .groupBy("provider", "entity", "operation", "path", "type")
                .agg(
                        min(col("first_seen")).as("first_seen"),
                        expr("min_by(run_id, first_seen)").as("run_id"))
                .collectAsList();
        if (now.isEmpty()) {
            return List.of();
        }
        LakeTable fields = lake.answerFields();
        boolean past = fields.exists(spark);
        fields.ensure(spark);
        Map<Place, Map<String, Set<String>>> known = past ? known(now) : Map.of();
        List<Row> fresh = now.stream()
                .filter(row -> !known.getOrDefault(Place.of(row), Map.of())
                        .getOrDefault(row.<String>getAs("path"), Set.of())
                        .contains(row.<String>getAs("type")))
                .toList();
        if (!fresh.isEmpty()) {
            Dataset<Row> rows =
                    spark.createDataFrame(fresh, now.get(0).schema()).coalesce(1);
            fields.appendAll(rows);
        }
        return drifts(fresh, known);
    }

    private Map<Place, Map<String, Set<String>>> known(List<Row> now) {
        Set<String> providers =
                now.stream().map(row -> row.<String>getAs("provider")).collect(Collectors.toSet());
        Map<Place, Map<String, Set<String>>> known = new HashMap<>();
        lake.answerFields()
                .read(spark)
                .where(col("provider").isin(providers.toArray()))
                .select("provider", "entity", "operation", "path", "type")
                .collectAsList()
                .forEach(row -> known.computeIfAbsent(Place.of(row), fields -> new HashMap<>())
                        .computeIfAbsent(row.getAs("path"), types -> new TreeSet<>())
                        .add(row.getAs("type")));
        return known;
    }

    private static List<Drift> drifts(List<Row> fresh, Map<Place, Map<String, Set<String>>> known) {
        Map<String, Map<String, Set<String>>> unseen = new TreeMap<>();
        Map<String, Map<String, Set<String>>> retyped = new TreeMap<>();
        for (Row row : fresh) {
            Map<String, Set<String>> before = known.get(Place.of(row));
            String path = row.getAs("path");
            String type = row.getAs("type");
            if (before == null || type.equals("null") && before.containsKey(path)) {
                continue;
            }
            Set<String> types = new TreeSet<>(before.getOrDefault(path, Set.of()));
            types.remove("null");
            if (!before.containsKey(path)) {
                add(unseen, row, path);
            } else if (!types.isEmpty()) {
                add(retyped, row, path + " (" + type + ", was " + String.join(" or ", types) + ")");
            }
        }
        Set<String> providers = new TreeSet<>(unseen.keySet());
        providers.addAll(retyped.keySet());
        List<Drift> drifts = new ArrayList<>();
        for (String provider : providers) {
            Set<String> entities = new TreeSet<>();
            entities.addAll(unseen.getOrDefault(provider, Map.of()).keySet());
            entities.addAll(retyped.getOrDefault(provider, Map.of()).keySet());
            for (String entity : entities) {
                drifts.add(new Drift(provider, entity, of(unseen, provider, entity), of(retyped, provider, entity)));
            }
        }
        return drifts;
    }

    private static void add(Map<String, Map<String, Set<String>>> told, Row row, String text) {
        told.computeIfAbsent(row.getAs("provider"), entities -> new TreeMap<>())
                .computeIfAbsent(row.getAs("entity"), texts -> new HashSet<>())
                .add(text);
    }

    private static List<String> of(Map<String, Map<String, Set<String>>> told, String provider, String entity) {
        return List.copyOf(told.getOrDefault(provider, Map.of()).getOrDefault(entity, Set.of()));
    }
}
