package io.tributary.jobs.table;

import io.delta.kernel.Scan;
import io.delta.kernel.Snapshot;
import io.delta.kernel.Table;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.engine.FileReadResult;
import io.delta.kernel.exceptions.TableNotFoundException;
import io.delta.kernel.expressions.And;
import io.delta.kernel.expressions.Column;
import io.delta.kernel.expressions.Expression;
import io.delta.kernel.expressions.Literal;
import io.delta.kernel.expressions.Or;
import io.delta.kernel.expressions.Predicate;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.data.ScanStateRow;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;

/**
 * Finds rows with Delta's own reader and without a session of Spark, whose start and first queries take longer than a few rows
 * are worth. For tables that lie at paths. Of each file that may hold a row only the columns of the conditions are read at first.
 * For one thread.
 */
public final class KernelLookup implements RowLookup {
    /** Longer lists are looked for in the rows alone, and not in what the log says of files. */
    private static final int MOST_VALUES = 50;

    private final Engine engine;

    /** @param hadoop by which the files are reached */
    public KernelLookup(Configuration hadoop) {
        this.engine = DefaultEngine.create(hadoop);
    }

    @Override
    public Optional<List<Row>> find(LakeTable table, List<OneOf> where, List<String> columns) {
        if (table.ref().isName()) {
            throw new IllegalArgumentException(table.ref().text() + " is a name, and only a catalog knows its place");
        }
        Snapshot snapshot;
        try {
            snapshot = Table.forPath(engine, table.ref().text()).getLatestSnapshot(engine);
        } catch (TableNotFoundException none) {
            return Optional.empty();
        }
        List<String> conditions = where.stream().map(OneOf::column).toList();
        Scan first = scan(snapshot, where, conditions);
        Scan whole = scan(
                snapshot,
                where,
                Stream.concat(columns.stream(), conditions.stream()).distinct().toList());
        KernelRows rows = new KernelRows(table.schema(), columns);
        List<Row> found = new ArrayList<>();
        try (CloseableIterator<FilteredColumnarBatch> files = first.getScanFiles(engine)) {
            while (files.hasNext()) {
                try (CloseableIterator<io.delta.kernel.data.Row> batch =
                        files.next().getRows()) {
                    while (batch.hasNext()) {
                        io.delta.kernel.data.Row file = batch.next();
                        if (where.isEmpty() || holdsOne(first, file, where)) {
                            each(whole, file, where, (data, row) -> found.add(rows.row(data, row)));
                        }
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + table.ref().text(), e);
        }
        return Optional.of(found);
    }

    private static Scan scan(Snapshot snapshot, List<OneOf> where, List<String> columns) {
        StructType read = new StructType();
        for (StructField field : snapshot.getSchema().fields()) {
            read = columns.contains(field.getName()) ? read.add(field) : read;
        }
        var builder = snapshot.getScanBuilder().withReadSchema(read);
        return where.stream()
                .filter(each ->
                        each.values().size() <= MOST_VALUES && !each.values().isEmpty())
                .map(KernelLookup::predicate)
                .reduce(And::new)
                .map(builder::withFilter)
                .orElse(builder)
                .build();
    }

    private static Predicate predicate(OneOf condition) {
        return condition.values().stream()
                .map(value -> new Predicate("=", List.<Expression>of(new Column(condition.column()), literal(value))))
                .reduce(Or::new)
                .orElseThrow();
    }

    private static Literal literal(Object value) {
        if (value instanceof Integer number) {
            return Literal.ofInt(number);
        }
        return value instanceof Long number ? Literal.ofLong(number) : Literal.ofString((String) value);
    }

    private interface Found {
        void in(ColumnarBatch data, int row);
    }

    private boolean holdsOne(Scan scan, io.delta.kernel.data.Row file, List<OneOf> where) throws IOException {
        boolean[] found = {false};
        each(scan, file, where, (data, row) -> found[0] = true);
        return found[0];
    }

    /** The rows of a file that meet the conditions. */
    private void each(Scan scan, io.delta.kernel.data.Row file, List<OneOf> where, Found found) throws IOException {
        io.delta.kernel.data.Row state = scan.getScanState(engine);
        FileStatus status = InternalScanFileUtils.getAddFileStatus(file);
        try (CloseableIterator<FileReadResult> physical = engine.getParquetHandler()
                        .readParquetFiles(
                                Utils.singletonCloseableIterator(status),
                                ScanStateRow.getPhysicalDataReadSchema(state),
                                scan.getRemainingFilter());
                CloseableIterator<FilteredColumnarBatch> logical =
                        Scan.transformPhysicalData(engine, state, file, physical.map(FileReadResult::getData))) {
            while (logical.hasNext()) {
                FilteredColumnarBatch batch = logical.next();
                ColumnarBatch data = batch.getData();
                for (int row = 0; row < data.getSize(); row++) {
                    if (isThere(batch.getSelectionVector(), row) && meets(data, row, where)) {
                        found.in(data, row);
                    }
                }
            }
        }
    }

    private static boolean isThere(Optional<ColumnVector> selection, int row) {
        return selection
                .map(vector -> !vector.isNullAt(row) && vector.getBoolean(row))
                .orElse(true);
    }

    private static boolean meets(ColumnarBatch data, int row, List<OneOf> where) {
        for (OneOf each : where) {
            ColumnVector vector = data.getColumnVector(data.getSchema().indexOf(each.column()));
            if (vector.isNullAt(row) || !each.values().contains(KernelRows.simple(vector, row))) {
                return false;
            }
        }
        return true;
    }
}
