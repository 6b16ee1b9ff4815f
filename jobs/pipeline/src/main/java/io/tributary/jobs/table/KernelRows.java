package io.tributary.jobs.table;

import io.delta.kernel.data.ArrayValue;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.MapValue;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.TimestampType;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/** What Delta's own reader has read, as the rows that a query would give. */
final class KernelRows {
    private final StructType schema;

    /** @param columns of the declared ones, in their order in the rows */
    KernelRows(StructType declared, List<String> columns) {
        StructType some = new StructType();
        for (String column : columns) {
            some = some.add(declared.apply(column));
        }
        this.schema = some;
    }

    /** What the table does not have is null. */
    Row row(ColumnarBatch data, int row) {
        List<Object> values = new ArrayList<>();
        for (StructField field : schema.fields()) {
            int place = data.getSchema().indexOf(field.name());
            values.add(place < 0 ? null : value(data.getColumnVector(place), row, field.dataType()));
        }
        return new GenericRowWithSchema(values.toArray(), schema);
    }

    private static Object value(ColumnVector vector, int row, DataType type) {
        if (vector.isNullAt(row)) {
            return null;
        }
        if (type instanceof StructType struct) {
            return struct(vector, row, struct);
        }
        if (type instanceof ArrayType array) {
            ArrayValue value = vector.getArray(row);
            return CollectionConverters.asScala(values(value.getElements(), value.getSize(), array.elementType()))
                    .toSeq();
        }
        if (type instanceof MapType map) {
            MapValue value = vector.getMap(row);
            List<Object> keys = values(value.getKeys(), value.getSize(), map.keyType());
            List<Object> all = values(value.getValues(), value.getSize(), map.valueType());
            Map<Object, Object> entries = new LinkedHashMap<>();
            for (int i = 0; i < keys.size(); i++) {
                entries.put(keys.get(i), all.get(i));
            }
            return CollectionConverters.asScala(entries);
        }
        return simple(vector, row);
    }

    private static Row struct(ColumnVector vector, int row, StructType type) {
        io.delta.kernel.types.StructType there = (io.delta.kernel.types.StructType) vector.getDataType();
        List<Object> values = new ArrayList<>();
        for (StructField field : type.fields()) {
            int place = there.indexOf(field.name());
            values.add(place < 0 ? null : value(vector.getChild(place), row, field.dataType()));
        }
        return new GenericRowWithSchema(values.toArray(), type);
    }

    private static List<Object> values(ColumnVector vector, int size, DataType type) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            values.add(value(vector, i, type));
        }
        return values;
    }

    /** A value that is there and has no parts, of the types that our tables have. */
    static Object simple(ColumnVector vector, int row) {
        io.delta.kernel.types.DataType type = vector.getDataType();
        if (type instanceof StringType) {
            return vector.getString(row);
        }
        if (type instanceof IntegerType) {
            return vector.getInt(row);
        }
        if (type instanceof LongType) {
            return vector.getLong(row);
        }
        if (type instanceof DoubleType) {
            return vector.getDouble(row);
        }
        if (type instanceof BooleanType) {
            return vector.getBoolean(row);
        }
        if (type instanceof TimestampType) {
            return Timestamp.from(Instant.EPOCH.plus(vector.getLong(row), ChronoUnit.MICROS));
        }
        throw new IllegalArgumentException("no table has a column of the type " + type);
    }
}
