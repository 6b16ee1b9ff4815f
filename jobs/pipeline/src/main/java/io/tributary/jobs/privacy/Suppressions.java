package io.tributary.jobs.privacy;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.tributary.jobs.table.Lake;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The list of whom nobody may be asked about. It holds hashes, and names nobody. */
public final class Suppressions {
    private final SparkSession spark;
    private final Lake lake;

    public Suppressions(SparkSession spark, Lake lake) {
        this.spark = spark;
        this.lake = lake;
    }

    /** Lists hashes that are not listed for that reason yet; returns how many these are. */
    public long add(Collection<String> hashes, String reason, Instant now) {
        Dataset<Row> fresh = rows(hashes)
                .withColumn("reason", lit(reason))
                .withColumn("added_at", lit(Timestamp.from(now)))
                .join(
                        lake.suppressions().read(spark).select("key_hash", "reason"),
                        new String[] {"key_hash", "reason"},
                        "left_anti")
                .select("key_hash", "reason", "added_at");
        long count = fresh.count();
        if (count > 0) {
            lake.suppressions().appendAll(fresh);
        }
        return count;
    }

    /** Takes hashes off the list, whatever they stand there for; returns how many entries these were. */
    public long remove(Collection<String> hashes) {
        Dataset<Row> gone = rows(hashes);
        long count = lake.suppressions()
                .read(spark)
                .join(gone, "key_hash", "left_semi")
                .count();
        if (count > 0) {
            lake.suppressions()
                    .delta(spark)
                    .as("listed")
                    .merge(gone.as("gone"), "listed.key_hash = gone.key_hash")
                    .whenMatched()
                    .delete()
                    .execute();
        }
        return count;
    }

    /** How many entries there are, by reason. */
    public Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        lake.suppressions()
                .read(spark)
                .groupBy(col("reason"))
                .count()
                .collectAsList()
                .forEach(row -> counts.merge(row.isNullAt(0) ? "" : row.getString(0), row.getLong(1), Long::sum));
        return counts;
    }

    private Dataset<Row> rows(Collection<String> hashes) {
        return spark.createDataset(List.copyOf(hashes), Encoders.STRING())
                .toDF("key_hash")
                .distinct();
    }
}
