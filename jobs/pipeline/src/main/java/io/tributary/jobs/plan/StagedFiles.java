package io.tributary.jobs.plan;

import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Rows as files below a folder. Where a rename is dear they are Delta's files, because its log says which of them count: plain
 * files would need a rename of each for that. For one thread.
 */
public final class StagedFiles {
    /** More than any file holds: so it is neither cut nor put together with another. */
    private static final String ENDLESS = Long.toString(1L << 50);

    private final SparkSession spark;
    private final Path folder;
    private final boolean renames;
    private int puts;

    /** @param renames whether a rename is one step there, as on a disk and on HDFS */
    public StagedFiles(SparkSession spark, Path folder, boolean renames) {
        this.spark = spark;
        this.folder = folder;
        this.renames = renames;
    }

    /** The same rows, read back from files. */
    public Dataset<Row> put(String name, Dataset<Row> rows) {
        return read(spark, written(name, rows), rows);
    }

    /** The same rows, read back from files; what was one partition, and not empty, is one again. */
    public Dataset<Row> putWhole(String name, Dataset<Row> rows) {
        // How files become partitions is for a session to say, and this one's other queries want it as it is.
        SparkSession whole = spark.newSession();
        whole.conf().set("spark.sql.files.maxPartitionBytes", ENDLESS);
        whole.conf().set("spark.sql.files.openCostInBytes", ENDLESS);
        whole.conf().set("spark.sql.files.maxPartitionNum", Integer.toString(Integer.MAX_VALUE));
        return read(whole, written(name, rows), rows);
    }

    private String written(String name, Dataset<Row> rows) {
        // A name of its own: a session remembers what stood under a name before.
        String path = new Path(folder, name + "-" + puts++).toString();
        rows.write()
                .format(renames ? "parquet" : "delta")
                .option("maxRecordsPerFile", 0)
                .mode("overwrite")
                .save(path);
        return path;
    }

    private Dataset<Row> read(SparkSession session, String path, Dataset<Row> rows) {
        return renames
                ? session.read().schema(rows.schema()).parquet(path)
                : session.read().format("delta").load(path);
    }
}
