package io.tributary.jobs.read;

import io.tributary.jobs.table.GoldenTable;
import io.tributary.mapping.ColumnMapping;
import io.tributary.settings.SourceSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;

/** Turns the files of one source into rows of {@link MappedRows}, one task for each file, streaming. */
final class MappedExtract {
    private MappedExtract() {}

    /** Looks through all files on the executors; one small record for each comes back. */
    static List<ExtractLook> look(SparkSession spark, SourceSettings source, List<ExtractFile> files) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        SerializableConfiguration hadoop = new SerializableConfiguration(context.hadoopConfiguration());
        return context.parallelize(files, Math.max(1, files.size()))
                .map(file -> new ExtractFiles(hadoop.value()).look(source, file))
                .collect();
    }

    /** The columns that no model field takes, and may leave the extract. */
    static List<CarriedColumn> carried(
            SourceSettings source, List<ExtractLook> looks, Map<String, String> goldenTypes) {
        Set<String> headers = new LinkedHashSet<>();
        looks.forEach(look -> headers.addAll(look.columns()));
        ColumnMapping mapping = source.mapping();
        headers.removeIf(header -> MappedColumns.isDropped(mapping, header));
        headers.removeAll(mapping.recordId());
        for (List<String> columns : mapping.fields().values()) {
            columns.stream().filter(headers::contains).findFirst().ifPresent(headers::remove);
        }
        Set<String> taken = new HashSet<>(
                Arrays.asList(GoldenTable.schema(source.object().entity()).fieldNames()));
        Map<String, String> ownTypes = new LinkedHashMap<>();
        looks.forEach(look -> ownTypes.putAll(look.types()));
        mapping.types().forEach((header, type) -> ownTypes.put(header, type.sql()));
        List<CarriedColumn> carried = new ArrayList<>();
        ColumnNames.of(List.copyOf(headers), taken).forEach((header, name) -> {
            String type = goldenTypes.getOrDefault(name, ownTypes.getOrDefault(header, "string"));
            carried.add(new CarriedColumn(name, header, type, source.name()));
        });
        return carried;
    }

    /** The rows of the text files, lazily. */
    static Dataset<Row> rows(
            SparkSession spark, SourceSettings source, List<ExtractFile> files, List<CarriedColumn> carried) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        SerializableConfiguration hadoop = new SerializableConfiguration(context.hadoopConfiguration());
        RecordMapper mapper = new RecordMapper(source, namesOf(carried));
        return spark.createDataFrame(
                context.parallelize(files, Math.max(1, files.size()))
                        .flatMap(file -> read(new ExtractFiles(hadoop.value()), mapper, file)),
                MappedRows.SCHEMA);
    }

    static Map<String, String> namesOf(List<CarriedColumn> carried) {
        Map<String, String> names = new LinkedHashMap<>();
        carried.forEach(column -> names.put(column.header(), column.name()));
        return names;
    }

    private static Iterator<Row> read(ExtractFiles files, RecordMapper mapper, ExtractFile file) throws IOException {
        ExtractScanner scanner = files.open(mapper.source(), file.path());
        TaskContext.get().addTaskCompletionListener((TaskCompletionListener) task -> close(scanner));
        return new Iterator<>() {
            private Optional<Scanned> next = advance(scanner, file);

            @Override
            public boolean hasNext() {
                return next.isPresent();
            }

            @Override
            public Row next() {
                Scanned record = next.orElseThrow(NoSuchElementException::new);
                next = advance(scanner, file);
                return mapper.map(file.name(), file.extractedAt(), record);
            }
        };
    }

    private static Optional<Scanned> advance(ExtractScanner scanner, ExtractFile file) {
        try {
            return scanner.next();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("can't read on in " + file.path(), e);
        }
    }

    private static void close(ExtractScanner scanner) {
        try {
            scanner.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("can't close an extract", e);
        }
    }
}
