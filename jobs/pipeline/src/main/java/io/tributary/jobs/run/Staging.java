package io.tributary.jobs.run;

import java.io.IOException;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A run's intermediate rows as files: later steps start from them instead of from the whole plan that made them, and an
 * executor that dies takes nothing along. On an object store they are Delta's files, because its log says which of them count:
 * plain files would need a rename of each for that. Gone when the run ends; what a dead run left is removed by the next.
 */
final class Staging implements AutoCloseable {
    private final SparkSession spark;
    private final FileSystem files;
    private final Path root;
    private final Path folder;
    private final boolean renames;

    Staging(SparkSession spark, String lakeFiles) throws IOException {
        Configuration hadoop = spark.sparkContext().hadoopConfiguration();
        Path root = new Path(lakeFiles, "_tributary/staging");
        this.spark = spark;
        this.files = root.getFileSystem(hadoop);
        this.root = files.makeQualified(root);
        this.renames = Set.of("file", "hdfs").contains(this.root.toUri().getScheme());
        // A name of its own: a session remembers what stood under a name before.
        this.folder = new Path(this.root, UUID.randomUUID().toString());
        files.delete(this.root, true);
    }

    /** The same rows, read back from files. */
    Dataset<Row> put(String name, Dataset<Row> rows) {
        String path = new Path(folder, name).toString();
        if (renames) {
            rows.write().mode("overwrite").parquet(path);
            return spark.read().schema(rows.schema()).parquet(path);
        }
        rows.write().format("delta").mode("overwrite").save(path);
        return spark.read().format("delta").load(path);
    }

    @Override
    public void close() throws IOException {
        files.delete(root, true);
    }
}
