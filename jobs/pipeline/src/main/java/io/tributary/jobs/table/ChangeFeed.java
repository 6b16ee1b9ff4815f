package io.tributary.jobs.table;

import java.io.FileNotFoundException;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.DeltaThrowable;

/** What was written to a table since one of its versions. Whoever uses it has the lake's tables. */
public final class ChangeFeed {
    private static final String PROPERTY = "delta.enableChangeDataFeed";

    private final SparkSession spark;
    private final LakeTable table;

    public ChangeFeed(SparkSession spark, LakeTable table) {
        this.spark = spark;
        this.table = table;
    }

    /** The version of the table as it stands. */
    public long version() {
        // Reading brings Delta's own knowledge of the table up to date.
        table.read(spark);
        return DeltaLog.forTable(spark, new Path(table.ref().location(spark)))
                .unsafeVolatileSnapshot()
                .version();
    }

    /**
     * The rows that were added, changed or taken out after a version, as they were before and after.
     *
     * @param kept reads them, if there are any, while it can be told whether they can be read
     * @return empty if the feed does not reach back so far
     */
    public Optional<Dataset<Row>> since(long version, UnaryOperator<Dataset<Row>> kept) {
        long now = version();
        if (now < version) {
            return Optional.empty();
        }
        if (now == version) {
            return Optional.of(table.read(spark).where("false"));
        }
        try {
            return Optional.of(kept.apply(read(version + 1)));
        } catch (Exception e) {
            // Spark fails with what Java would call a checked exception, and declares none.
            if (!isGone(e)) {
                throw e instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(e);
            }
            return Optional.empty();
        }
    }

    private Dataset<Row> read(long from) {
        DataFrameReader reader =
                spark.read().format("delta").option("readChangeFeed", "true").option("startingVersion", from);
        return table.ref().isName()
                ? reader.table(table.ref().text())
                : reader.load(table.ref().text());
    }

    /** Whether Delta says that it kept no feed of then, or the log or a file of then is not there any more. */
    private static boolean isGone(Throwable fault) {
        for (Throwable at = fault; at != null; at = at.getCause()) {
            if (at instanceof AnalysisException
                    || at instanceof DeltaThrowable
                    || at instanceof FileNotFoundException) {
                return true;
            }
        }
        return false;
    }

    /** Has changes written down from now on, in a table that was made by a version that did not want them. */
    public void turnOn() {
        boolean off = spark.sql("SHOW TBLPROPERTIES " + table.ref().sql())
                .where("key = '" + PROPERTY + "' AND value = 'true'")
                .isEmpty();
        if (off) {
            spark.sql("ALTER TABLE " + table.ref().sql() + " SET TBLPROPERTIES ('" + PROPERTY + "' = 'true')");
        }
    }
}
