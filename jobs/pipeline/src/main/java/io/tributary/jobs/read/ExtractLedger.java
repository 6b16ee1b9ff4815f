package io.tributary.jobs.read;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;

import io.tributary.jobs.table.ExtractsTable;
import io.tributary.jobs.table.LakeTable;
import io.tributary.settings.SourceSettings;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Remembers which extracts finished runs have read. A run adds its own at its very end. */
public final class ExtractLedger {
    private static final List<String> TIMES = List.of("read_at", "modified", "extracted_at");

    private final SparkSession spark;
    private final LakeTable table;

    /** The ledger in this table, which must exist. */
    public ExtractLedger(SparkSession spark, LakeTable table) {
        this.spark = spark;
        this.table = table;
    }

    /** What tonight is compared with: of a full source the last run's extracts, of an incremental one all. */
    public List<ExtractInfo> read(List<SourceSettings> sources) {
        String[] full = names(sources, true);
        String[] incremental = names(sources, false);
        Column latest = max("read_at").over(Window.partitionBy("source"));
        Dataset<Row> rows = table.read(spark)
                .withColumn("latest", latest)
                .where(col("source")
                        .isin((Object[]) incremental)
                        .or(col("source")
                                .isin((Object[]) full)
                                .and(col("read_at").equalTo(col("latest")))))
                .orderBy("source", "extracted_at", "path");
        return rows
                .select(
                        col("source"),
                        col("path"),
                        col("bytes"),
                        micros("modified"),
                        col("sha256"),
                        col("rows"),
                        micros("extracted_at"))
                .collectAsList()
                .stream()
                .map(row -> new ExtractInfo(
                        row.getString(0),
                        row.getString(1),
                        row.getLong(2),
                        time(row.getLong(3)),
                        row.getString(4),
                        row.getLong(5),
                        time(row.getLong(6))))
                .toList();
    }

    /** Adds what a run has read; a second time for the same run and version it changes nothing. */
    public void add(String runId, Instant readAt, List<ExtractInfo> extracts, String application, long version) {
        StructType plain = new StructType();
        for (StructField field : ExtractsTable.schema().fields()) {
            plain = plain.add(field.name(), TIMES.contains(field.name()) ? DataTypes.LongType : field.dataType());
        }
        List<Row> rows = extracts.stream()
                .map(info -> RowFactory.create(
                        runId,
                        CrmTime.micros(readAt),
                        info.source(),
                        info.path(),
                        info.bytes(),
                        CrmTime.micros(info.modified()),
                        info.sha256(),
                        info.rows(),
                        CrmTime.micros(info.extractedAt())))
                .toList();
        Dataset<Row> added = spark.createDataset(rows, Encoders.row(plain));
        for (String time : TIMES) {
            added = added.withColumn(time, org.apache.spark.sql.functions.timestamp_micros(col(time)));
        }
        table.append(added, application, version);
    }

    private static String[] names(List<SourceSettings> sources, boolean full) {
        return sources.stream()
                .filter(source -> source.full() == full)
                .map(SourceSettings::name)
                .toArray(String[]::new);
    }

    private static Column micros(String column) {
        return org.apache.spark.sql.functions.unix_micros(col(column));
    }

    private static Instant time(long micros) {
        return Instant.EPOCH.plus(micros, java.time.temporal.ChronoUnit.MICROS);
    }
}
