package io.tributary.jobs.remap;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;

import io.tributary.jobs.ask.ShippedCatalog;
import io.tributary.jobs.plan.Stage;
import io.tributary.jobs.remap.ReadAgain.Became;
import io.tributary.jobs.table.Lake;
import io.tributary.jobs.table.LakeTable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;

/**
 * Reads the answers of a provider in history again, by its file of today. One commit for each provider, or none where nothing
 * is to be done: whoever dies before it has done nothing, and after it the rows bear the file's version. The caller has the
 * lake's tables.
 */
public final class RemapStep {
    /** The reason of a carried answer that the answer which brought it no longer gives: it says nothing any more. */
    public static final String NOT_CARRIED = "not_carried";

    /** What was read from bodies. What is not named here never changes. */
    private static final List<String> DERIVED =
            List.of("outcome", "reason", "confidence", "person", "company", "present", "spec_version");

    /** Those that a body decides, or could: failures, pending answers and what was lost on the way are no answers. */
    private static final String ANSWERS = "carried_by IS NULL AND http_status > 0"
            + " AND (outcome IN ('MATCHED', 'PARTIAL', 'NOT_FOUND', 'REJECTED')"
            + " OR outcome = 'UNKNOWN' AND http_status IN (200, 201, 203) AND coalesce(job_id, '') = '')";

    private final SparkSession spark;
    private final Lake lake;
    private final ShippedCatalog catalog;
    private final int buckets;

    /**
     * @param catalog the files of today
     * @param buckets into which the keys of this lake are cut
     */
    public RemapStep(SparkSession spark, Lake lake, ShippedCatalog catalog, int buckets) {
        this.spark = spark;
        this.lake = lake;
        this.catalog = catalog;
        this.buckets = buckets;
    }

    /**
     * What came of one provider's answers.
     *
     * @param read answers that were read again
     * @param changed of them, those that say something else now
     * @param kept answers that today's file does not understand, and that stay as they are
     * @param carried answers about somebody else that came along and changed, are new or are no more
     */
    public record Result(long read, long changed, long kept, long carried) {
        public static final Result NOTHING = new Result(0, 0, 0, 0);

        public Result plus(Result other) {
            return new Result(read + other.read, changed + other.changed, kept + other.kept, carried + other.carried);
        }
    }

    /**
     * How many answers of each provider another version of its file read.
     *
     * @param all those too that today's version read
     * @return by provider, of the catalog's providers that have any
     */
    public Map<String, Long> due(boolean all) {
        Map<String, Long> due = new TreeMap<>();
        lake.history()
                .read(spark)
                .where(ANSWERS)
                .groupBy("provider", "spec_version")
                .count()
                .collectAsList()
                .forEach(row -> {
                    String provider = row.getString(0);
                    if (catalog.texts().containsKey(provider)
                            && (all || !catalog.spec(provider).version().equals(row.getString(1)))) {
                        due.merge(provider, row.getLong(2), Long::sum);
                    }
                });
        return due;
    }

    /** Reads the answers of one provider again, see {@link #due}. */
    public Result run(String provider, boolean all, Stage stage) {
        Dataset<Row> history = lake.history().read(spark);
        Column theirs = col("provider").equalTo(provider);
        Column due = all
                ? lit(true)
                : col("spec_version")
                        .isNull()
                        .or(col("spec_version").notEqual(catalog.spec(provider).version()));
        Dataset<Row> read = stage.put(
                "remap-" + provider,
                history.where(theirs.and(due))
                        .where(ANSWERS)
                        .join(inputs(), new String[] {"run_id", "lookup_key"}, "left")
                        .flatMap(
                                new ReadAgain(catalog, buckets, lake.history().schema()),
                                Encoders.row(ReadAgain.schema(lake.history().schema()))));
        Map<String, Long> became = new HashMap<>();
        read.groupBy("became").count().collectAsList().forEach(row -> became.put(row.getString(0), row.getLong(1)));
        long changed = became.getOrDefault(Became.CHANGED.name(), 0L);
        long again = changed + became.getOrDefault(Became.SAME.name(), 0L);
        long kept = became.getOrDefault(Became.KEPT.name(), 0L);
        if (again == 0) {
            return new Result(0, 0, kept, 0);
        }
        Dataset<Row> own = read.where(col("became").isin(Became.CHANGED.name(), Became.SAME.name()));
        Dataset<Row> carried = stage.put("remap-carried-" + provider, carried(history.where(theirs), read, own));
        write(own.unionByName(carried));
        return new Result(again, changed, kept, carried.count());
    }

    /** What was sent about a key in a run. */
    private Dataset<Row> inputs() {
        return lake.work()
                .read(spark)
                .groupBy("run_id", "lookup_key")
                .agg(expr("first(inputs)").as("inputs"));
    }

    /**
     * The rows of further keys that change. Of what one provider said of a key in a run, one row stands, as harvest writes it:
     * that of the newest answer. A row stays alone as long as the answer that brought it was not read again.
     */
    private static Dataset<Row> carried(Dataset<Row> history, Dataset<Row> read, Dataset<Row> own) {
        Column[] group = {col("run_id"), col("lookup_key")};
        Dataset<Row> newest = read.where(col("became").equalTo(Became.CARRIED.name()))
                .withColumn(
                        "place",
                        row_number()
                                .over(Window.partitionBy(group)
                                        .orderBy(col("fetched_at").desc(), col("response_id"))))
                .where(col("place").equalTo(1))
                .drop("place");
        Dataset<Row> stands = history.where(col("carried_by").isNotNull()).drop("raw_body");
        Dataset<Row> again = own.select(col("response_id").as("again_id"));
        Dataset<Row> free = stands.join(again, col("carried_by").equalTo(col("again_id")), "left_anti")
                .select("run_id", "lookup_key")
                .distinct();
        Dataset<Row> given = newest.join(free, new String[] {"run_id", "lookup_key"}, "left_anti");
        Dataset<Row> version = own.select(expr("first(spec_version) as today"));
        Dataset<Row> gone = stands.join(again, col("carried_by").equalTo(col("again_id")), "left_semi")
                .join(given.select(col("response_id")), "response_id", "left_anti")
                .where(col("reason").notEqual(NOT_CARRIED))
                .crossJoin(version)
                .withColumn("outcome", lit("FAILED"))
                .withColumn("reason", lit(NOT_CARRIED))
                .withColumn("confidence", lit(null).cast("double"))
                .withColumn("person", nothing(stands, "person"))
                .withColumn("company", nothing(stands, "company"))
                .withColumn("present", nothing(stands, "present"))
                .withColumn("spec_version", col("today"))
                .drop("today")
                .withColumn("became", lit(Became.CARRIED.name()));
        return given.unionByName(gone);
    }

    private static Column nothing(Dataset<Row> rows, String column) {
        return lit(null).cast(rows.schema().apply(column).dataType());
    }

    private void write(Dataset<Row> rows) {
        LakeTable history = lake.history();
        Map<String, Column> derived = new HashMap<>();
        DERIVED.forEach(name -> derived.put(name, col("remapped." + name)));
        Map<String, Column> whole = new HashMap<>();
        for (String name : history.schema().fieldNames()) {
            whole.put(name, name.equals("raw_body") ? lit("") : col("remapped." + name));
        }
        String places = Arrays.stream(
                        rows.select("bucket").distinct().collectAsList().toArray(Row[]::new))
                .map(row -> Integer.toString(row.getInt(0)))
                .sorted()
                .collect(Collectors.joining(", "));
        history.delta(spark)
                .as("history")
                .merge(
                        rows.drop("became").as("remapped"),
                        "history.bucket IN (" + places + ") AND history.bucket = remapped.bucket"
                                + " AND history.response_id = remapped.response_id")
                .whenMatched()
                .update(derived)
                .whenNotMatched()
                .insert(whole)
                .execute();
    }
}
