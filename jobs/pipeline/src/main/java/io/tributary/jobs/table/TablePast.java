package io.tributary.jobs.table;

import io.delta.tables.DeltaOptimizeBuilder;
import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;

/**
 * The files of earlier versions of a table. Whoever uses it has the lake's tables. A step that died is simply done again.
 */
public final class TablePast {
    private static final String CHECK = "spark.databricks.delta.retentionDurationCheck.enabled";
    private static final Pattern NUMBERED = Pattern.compile("(\\d{20})\\..*");

    /** What a table keeps of files that no version needs, unless it says otherwise. */
    private static final Duration DELTA_KEEPS = Duration.ofDays(7);

    private final SparkSession spark;
    private final LakeTable table;

    public TablePast(SparkSession spark, LakeTable table) {
        this.spark = spark;
        this.table = table;
    }

    /** Few small files become one; nothing that a reader sees changes. Returns how many files are fewer. */
    public long compact() {
        long before = files();
        if (before < 2) {
            return 0;
        }
        table.delta(spark).optimize().executeCompaction();
        return before - files();
    }

    /**
     * Rewrites rows so that a file holds neighbours by a column, and a look-up by its values reads few files; nothing that a reader
     * sees changes. Takes as long as it takes to write all of them. Returns how many files are fewer.
     *
     * @param where which partitions, in SQL; all if empty
     */
    public long cluster(String where, String column) {
        long before = files();
        DeltaOptimizeBuilder all = table.delta(spark).optimize();
        (where.isEmpty() ? all : all.where(where)).executeZOrderBy(column);
        return before - files();
    }

    private long files() {
        return table.delta(spark).detail().select("numFiles").first().getLong(0);
    }

    /** How many bytes all files of all versions take, the log included. */
    public long bytes() throws IOException {
        Path place = new Path(table.ref().location(spark));
        return place.getFileSystem(spark.sparkContext().hadoopConfiguration())
                .getContentSummary(place)
                .getLength();
    }

    /** Removes files that no version of this age or younger needs. */
    public void vacuum(Duration timeTravel) {
        DeltaTable delta = table.delta(spark);
        double hours = timeTravel.toMinutes() / 60.0;
        if (timeTravel.compareTo(DELTA_KEEPS) >= 0) {
            delta.vacuum(hours);
            return;
        }
        String before = spark.conf().get(CHECK, "true");
        spark.conf().set(CHECK, "false");
        try {
            delta.vacuum(hours);
        } finally {
            spark.conf().set(CHECK, before);
        }
    }

    /**
     * Makes every earlier version unreadable: their data files go, and so does the log that tells of them, for it holds the
     * least and greatest value of each column of each file. What stays is the table as it is, in a checkpoint.
     *
     * @param mark names the occasion in the properties of the table; the commit that sets it is the first that can be read
     */
    public void forget(String mark) throws IOException {
        vacuum(Duration.ZERO);
        spark.sql("ALTER TABLE " + table.ref().sql() + " SET TBLPROPERTIES ('tributary.erased' = '" + mark + "')");
        long version = table.delta(spark).history(1).select("version").first().getLong(0);
        Path place = new Path(table.ref().location(spark));
        checkpoint(place);
        FileSystem files = place.getFileSystem(spark.sparkContext().hadoopConfiguration());
        Path log = new Path(place, "_delta_log");
        requireCheckpoint(files, log, version);
        for (FileStatus file : files.listStatus(log)) {
            if (file.isFile() && isOlder(file.getPath().getName(), version)) {
                files.delete(file.getPath(), false);
            }
        }
        DeltaLog.invalidateCache(spark, place);
    }

    /** The method that replaces this one takes types of Scala, and is not the same in all versions of Delta that we run on. */
    @SuppressWarnings("deprecation")
    private void checkpoint(Path place) {
        DeltaLog.forTable(spark, place).checkpoint();
    }

    private static void requireCheckpoint(FileSystem files, Path log, long version) throws IOException {
        String prefix = String.format(java.util.Locale.ROOT, "%020d.checkpoint", version);
        for (FileStatus file : files.listStatus(log)) {
            if (file.getPath().getName().startsWith(prefix)) {
                return;
            }
        }
        throw new IOException("Delta wrote no checkpoint of version " + version + " into " + log
                + ", so the log before it must stay");
    }

    /** What has no number is a leftover of a write that died, but for the pointer to the last checkpoint. */
    private static boolean isOlder(String name, long version) {
        Matcher numbered = NUMBERED.matcher(name);
        return numbered.matches() ? Long.parseLong(numbered.group(1)) < version : !name.equals("_last_checkpoint");
    }
}
