package io.tributary.jobs.run;

import io.tributary.jobs.plan.StagedFiles;
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
 * executor that dies takes nothing along. Gone when the run ends; what a dead run left is removed by the next one that looks.
 */
final class Staging implements AutoCloseable {
    private final FileSystem files;
    private final Path folder;
    private final StagedFiles staged;

    /** @param living the other runs that are at work on the lake: what anybody else left is removed */
    Staging(SparkSession spark, String lakeFiles, String runId, Set<String> living) throws IOException {
        Configuration hadoop = spark.sparkContext().hadoopConfiguration();
        Path given = new Path(lakeFiles, "_tributary/staging");
        this.files = given.getFileSystem(hadoop);
        Path root = files.makeQualified(given);
        this.folder = new Path(root, runId);
        this.staged = new StagedFiles(
                spark, folder, Set.of("file", "hdfs").contains(root.toUri().getScheme()));
        for (FileStatus left : files.exists(root) ? files.listStatus(root) : new FileStatus[0]) {
            if (!living.contains(left.getPath().getName())) {
                files.delete(left.getPath(), true);
            }
        }
    }

    /** The same rows, read back from files. */
    Dataset<Row> put(String name, Dataset<Row> rows) {
        return staged.put(name, rows);
    }

    /** The same rows, read back from files; what was one partition, and not empty, is one again. */
    Dataset<Row> putWhole(String name, Dataset<Row> rows) {
        return staged.putWhole(name, rows);
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
