package io.tributary.jobs.table;

import io.delta.tables.DeltaTable;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A Delta table that every reader can open: reader version 1, no reader feature, all columns commented. Immutable; the
 * session comes with each call.
 */
public final class LakeTable {
    private final TableRef ref;
    private final String comment;
    private final StructType schema;
    private final List<String> partitionedBy;
    private final boolean changeFeed;

    LakeTable(TableRef ref, String comment, StructType schema, List<String> partitionedBy, boolean changeFeed) {
        this.ref = ref;
        this.comment = comment;
        this.schema = schema;
        this.partitionedBy = List.copyOf(partitionedBy);
        this.changeFeed = changeFeed;
    }

    public TableRef ref() {
        return ref;
    }

    /** What the table holds, in one sentence. */
    public String comment() {
        return comment;
    }

    /** The declared columns; a table may have grown more. */
    public StructType schema() {
        return schema;
    }

    /**
     * Creates the table if it does not exist, and adds the declared columns that an older table lacks.
     *
     * @throws NewerLakeException if a newer version has worked on it
     */
    public void ensure(SparkSession spark) {
        ensure(spark, version(spark));
    }

    /**
     * The schema version of the table; empty if there is none yet.
     *
     * @throws NewerLakeException if a newer version has worked on it
     */
    OptionalInt version(SparkSession spark) {
        return ref.exists(spark) ? OptionalInt.of(SchemaVersion.known(spark, ref)) : OptionalInt.empty();
    }

    /** @param version as {@link #version} told it */
    void ensure(SparkSession spark, OptionalInt version) {
        if (version.isEmpty()) {
            create(spark);
            return;
        }
        addColumns(spark, Arrays.asList(schema.fields()));
        if (version.getAsInt() < SchemaVersion.CURRENT) {
            SchemaVersion.set(spark, ref);
        }
    }

    /** In SQL, because Delta's builder takes no name of three parts. */
    private void create(SparkSession spark) {
        String partitions = partitionedBy.isEmpty() ? "" : " PARTITIONED BY (" + String.join(", ", partitionedBy) + ")";
        spark.sql("CREATE TABLE IF NOT EXISTS " + ref.sql() + " (" + schema.toDDL() + ") USING delta" + partitions
                + " COMMENT " + quoted(comment) + " TBLPROPERTIES ('delta.enableDeletionVectors' = 'false',"
                + " 'delta.enableChangeDataFeed' = '" + changeFeed + "', " + SchemaVersion.property() + ")");
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    /**
     * Adds the columns that the table does not have yet, each with its comment, and what structs inside of columns have
     * grown; existing ones are left alone.
     */
    public void addColumns(SparkSession spark, List<StructField> columns) {
        List<String> added = GrownColumns.since(read(spark).schema(), columns).stream()
                .map(column -> column.path() + " " + column.type().sql() + " COMMENT " + quoted(column.comment()))
                .toList();
        if (!added.isEmpty()) {
            spark.sql("ALTER TABLE " + ref.sql() + " ADD COLUMNS (" + String.join(", ", added) + ")");
        }
    }

    public boolean exists(SparkSession spark) {
        return ref.exists(spark);
    }

    /** The table as it stands now. */
    public Dataset<Row> read(SparkSession spark) {
        return ref.read(spark);
    }

    public DeltaTable delta(SparkSession spark) {
        return ref.delta(spark);
    }

    /** Appends rows once: a second append under the same application id and version changes nothing. */
    public void append(Dataset<Row> rows, String application, long version) {
        write(rows.select(columns())
                .write()
                .format("delta")
                .mode("append")
                .option("txnAppId", application)
                .option("txnVersion", version));
    }

    /** Appends rows with all of their columns, which the table must have. */
    public void appendAll(Dataset<Row> rows) {
        write(rows.write().format("delta").mode("append"));
    }

    private void write(DataFrameWriter<Row> writer) {
        if (ref.isName()) {
            writer.saveAsTable(ref.text());
        } else {
            writer.save(ref.text());
        }
    }

    private Column[] columns() {
        return Arrays.stream(schema.fieldNames())
                .map(name -> functions.col("`" + name + "`"))
                .toArray(Column[]::new);
    }
}
