package io.tributary.jobs.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What a declared schema has more than the table that exists: columns, and fields of structs at any depth, under the paths
 * by which SQL adds them.
 */
final class GrownColumns {
    private GrownColumns() {}

    /** @param path as SQL writes it, such as {@code `_lineage`.value.`losers`} */
    record Added(String path, DataType type, String comment) {}

    static List<Added> since(StructType present, List<StructField> declared) {
        List<Added> added = new ArrayList<>();
        collect("", present, declared, added);
        return added;
    }

    private static void collect(String prefix, StructType present, List<StructField> declared, List<Added> added) {
        for (StructField field : declared) {
            String path = prefix + "`" + field.name() + "`";
            Optional<StructField> same = Arrays.stream(present.fields())
                    .filter(each -> each.name().equalsIgnoreCase(field.name()))
                    .findFirst();
            if (same.isPresent()) {
                within(path, same.get().dataType(), field.dataType(), added);
            } else {
                added.add(new Added(path, field.dataType(), field.getComment().getOrElse(() -> "")));
            }
        }
    }

    private static void within(String path, DataType present, DataType declared, List<Added> added) {
        if (present instanceof StructType now && declared instanceof StructType then) {
            collect(path + ".", now, Arrays.asList(then.fields()), added);
        } else if (present instanceof MapType now && declared instanceof MapType then) {
            within(path + ".value", now.valueType(), then.valueType(), added);
        } else if (present instanceof ArrayType now && declared instanceof ArrayType then) {
            within(path + ".element", now.elementType(), then.elementType(), added);
        }
    }
}
