package io.tributary.jobs.run;

import java.io.IOException;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A run's intermediate rows as files: later steps start from them instead of from the whole plan that made them, and an
 * executor that dies takes nothing along. On an object store they are Delta's files, because its log says which of them count:
 * plain files would need a rename of each for that. Gone when the run ends; what a dead run left is removed by the next one
 * that looks.
 */
final class Staging implements AutoCloseable {
    private final SparkSession spark;
    private final FileSystem files;
    private final Path folder;
    private int puts;
    private final boolean renames;

    /** @param living the other runs that are at work on the lake: what anybody else left is removed */
    Staging(SparkSession spark, String lakeFiles, String runId, Set<String> living) throws IOException {
        Configuration hadoop = spark.sparkContext().hadoopConfiguration();
        this.spark = spark;
        Path given = new Path(lakeFiles, "_tributary/staging");
        this.files = given.getFileSystem(hadoop);
        Path root = files.makeQualified(given);
        this.renames = Set.of("file", "hdfs").contains(root.toUri().getScheme());
        this.folder = new Path(root, runId);
        for (FileStatus left : files.exists(root) ? files.listStatus(root) : new FileStatus[0]) {
            if (!living.contains(left.getPath().getName())) {
                files.delete(left.getPath(), true);
            }
        }
    }

    /** The same rows, read back from files. */
    Dataset<Row> put(String name, Dataset<Row> rows) {
        // A name of its own: a session remembers what stood under a name before.
        String path = new Path(folder, name + "-" + puts++).toString();
        if (renames) {
            rows.write().mode("overwrite").parquet(path);
            return spark.read().schema(rows.schema()).parquet(path);
        }
        rows.write().format("delta").mode("overwrite").save(path);
        return spark.read().format("delta").load(path);
    }

    @Override
    public void close() throws IOException {
        files.delete(folder, true);
        Path root = folder.getParent();
        if (files.exists(root) && files.listStatus(root).length == 0) {
            files.delete(root, false);
        }
    }
}
