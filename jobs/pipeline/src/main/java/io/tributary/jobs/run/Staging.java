package io.tributary.jobs.run;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A run's intermediate rows as files: later steps start from them instead of from the whole plan that made them, and an
 * executor that dies takes nothing along. Gone when the run ends; what a dead run left is removed by the next.
 */
final class Staging implements AutoCloseable {
    private final SparkSession spark;
    private final FileSystem files;
    private final Path folder;

    Staging(SparkSession spark, String lakeFiles) throws IOException {
        Configuration hadoop = spark.sparkContext().hadoopConfiguration();
        Path root = new Path(lakeFiles, "_tributary/staging");
        this.spark = spark;
        this.files = root.getFileSystem(hadoop);
        this.folder = files.makeQualified(root);
        files.delete(folder, true);
    }

    /** The same rows, read back from files. */
    Dataset<Row> put(String name, Dataset<Row> rows) {
        String path = new Path(folder, name).toString();
        rows.write().mode("overwrite").parquet(path);
        return spark.read().schema(rows.schema()).parquet(path);
    }

    @Override
    public void close() throws IOException {
        files.delete(folder, true);
    }
}
