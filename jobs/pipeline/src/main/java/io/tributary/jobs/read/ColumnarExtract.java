package io.tributary.jobs.read;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.delta.tables.DeltaTable;
import io.tributary.jobs.read.ExtractLook.State;
import io.tributary.jobs.table.TableRef;
import io.tributary.settings.SourceSettings;
import io.tributary.settings.SourceSettings.Format;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Extracts that Spark itself reads: Parquet files, and Delta tables as they stand now. */
final class ColumnarExtract {
    private static final String JSON = "json";
    private static final String FILE = "file";
    private static final String ROW = "row";

    private ColumnarExtract() {}

    static List<ExtractLook> lookAtFiles(SparkSession spark, SourceSettings source, List<ExtractFile> files) {
        List<ExtractLook> looks = MappedExtract.look(spark, source, files);
        if (looks.stream().anyMatch(look -> look.state() != State.COMPLETE)) {
            return looks;
        }
        Map<String, Long> rows = new LinkedHashMap<>();
        parquet(spark, files)
                .groupBy(col("_metadata.file_path").as(FILE))
                .agg(count(lit(1)).as(ROW))
                .collectAsList()
                .forEach(row -> rows.put(nameOf(row.getAs(FILE)), row.getAs(ROW)));
        StructType schema =
                files.isEmpty() ? new StructType() : parquet(spark, files).schema();
        List<ExtractLook> counted = new ArrayList<>();
        for (ExtractLook look : looks) {
            ExtractInfo info = look.info();
            ExtractInfo known = new ExtractInfo(
                    info.source(),
                    info.path(),
                    info.bytes(),
                    info.modified(),
                    info.sha256(),
                    rows.getOrDefault(info.name(), 0L),
                    info.extractedAt());
            counted.add(new ExtractLook(known, List.of(schema.fieldNames()), types(schema), State.COMPLETE));
        }
        return counted;
    }

    /** One look, or none if there is no such table. */
    static List<ExtractLook> lookAtTable(SparkSession spark, SourceSettings source) {
        TableRef ref = new TableRef(source.path());
        boolean exists =
                ref.isName() ? spark.catalog().tableExists(ref.text()) : DeltaTable.isDeltaTable(spark, ref.text());
        if (!exists) {
            return List.of();
        }
        DeltaTable table = ref.isName() ? DeltaTable.forName(spark, ref.text()) : DeltaTable.forPath(spark, ref.text());
        Row last = table.history(1).select("version", "timestamp").head();
        long version = last.getLong(0);
        Instant written = ((Timestamp) last.get(1)).toInstant();
        Dataset<Row> rows = table(spark, source, version);
        ExtractInfo info =
                new ExtractInfo(source.name(), source.path(), 0, written, "version:" + version, rows.count(), written);
        return List.of(new ExtractLook(info, List.of(rows.columns()), types(rows.schema()), State.COMPLETE));
    }

    static Dataset<Row> rowsOfFiles(
            SparkSession spark, SourceSettings source, List<ExtractFile> files, List<CarriedColumn> carried) {
        Map<String, Instant> times = new LinkedHashMap<>();
        files.forEach(file -> times.put(file.name(), file.extractedAt()));
        return map(parquet(spark, files), source, times, carried);
    }

    /** The table at the version that was looked at, whatever is written meanwhile. */
    static Dataset<Row> rowsOfTable(
            SparkSession spark, SourceSettings source, ExtractInfo info, List<CarriedColumn> carried) {
        long version = Long.parseLong(info.sha256().substring(info.sha256().indexOf(':') + 1));
        return map(table(spark, source, version), source, Map.of("", info.extractedAt()), carried);
    }

    private static Dataset<Row> parquet(SparkSession spark, List<ExtractFile> files) {
        return spark.read()
                .option("mergeSchema", "true")
                .parquet(files.stream().map(ExtractFile::path).toArray(String[]::new));
    }

    private static Dataset<Row> table(SparkSession spark, SourceSettings source, long version) {
        TableRef ref = new TableRef(source.path());
        return spark.sql("SELECT * FROM " + ref.sql() + " VERSION AS OF " + version);
    }

    /** Each row as JSON, so that nested and typed cells are spelt as in a JSON extract. */
    private static Dataset<Row> map(
            Dataset<Row> rows, SourceSettings source, Map<String, Instant> times, List<CarriedColumn> carried) {
        RecordMapper mapper = new RecordMapper(source, MappedExtract.namesOf(carried));
        Set<String> wanted = MappedColumns.of(source.mapping());
        String table = new TableRef(source.path()).text();
        String tableName = table.substring(table.lastIndexOf('/') + 1);
        Map<String, Instant> made = new LinkedHashMap<>(times);
        Column rowNumber =
                source.format() == Format.PARQUET ? col("_metadata.row_index").plus(1) : lit(0L);
        return rows.select(
                        to_json(struct(col("*"))).as(JSON),
                        col("_metadata.file_path").as(FILE),
                        rowNumber.as(ROW))
                .map(
                        (MapFunction<Row, Row>) row -> {
                            String file = nameOf(row.getString(1));
                            Instant at = made.get(made.containsKey(file) ? file : "");
                            String extract = made.containsKey(file) ? file : tableName;
                            return mapper.map(extract, at, scan(row.getLong(2), row.getString(0), wanted));
                        },
                        Encoders.row(MappedRows.SCHEMA));
    }

    private static Scanned scan(long row, String json, Set<String> wanted) throws JsonProcessingException {
        return JsonExtract.record(row, JsonExtract.MAPPER.readTree(json), wanted, new LinkedHashSet<>());
    }

    private static String nameOf(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return java.net.URLDecoder.decode(name.replace("+", "%2B"), java.nio.charset.StandardCharsets.UTF_8);
    }

    private static Map<String, String> types(StructType schema) {
        Map<String, String> types = new LinkedHashMap<>();
        for (StructField field : schema.fields()) {
            types.put(field.name(), typeOf(field.dataType()));
        }
        return types;
    }

    private static String typeOf(DataType type) {
        boolean nested = type instanceof StructType || type instanceof ArrayType || type instanceof MapType;
        if (nested || type.equals(DataTypes.BinaryType)) {
            return "string";
        }
        return type.equals(DataTypes.IntegerType) || type.equals(DataTypes.ShortType)
                ? "bigint"
                : type.sql().toLowerCase(java.util.Locale.ROOT);
    }
}
