package io.tributary.jobs.table;

import io.tributary.model.EntityKind;
import io.tributary.model.Field;
import io.tributary.model.Profile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Short ways to declare commented columns, and the Spark types of the model. */
public final class Columns {
    private Columns() {}

    static StructField of(String name, DataType type, String comment) {
        return new StructField(name, type, true, Metadata.empty()).withComment(comment);
    }

    static StructField text(String name, String comment) {
        return of(name, DataTypes.StringType, comment);
    }

    static StructField number(String name, String comment) {
        return of(name, DataTypes.LongType, comment);
    }

    static StructField decimal(String name, String comment) {
        return of(name, DataTypes.DoubleType, comment);
    }

    static StructField time(String name, String comment) {
        return of(name, DataTypes.TimestampType, comment + " (UTC)");
    }

    static StructField map(String name, String comment) {
        return of(name, DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType), comment);
    }

    /** The Spark type of a model field. */
    public static DataType typeOf(Field field) {
        return switch (field.type()) {
            case STRING -> DataTypes.StringType;
            case LONG -> DataTypes.LongType;
            case STRING_LIST -> DataTypes.createArrayType(DataTypes.StringType);
        };
    }

    /** A struct with one commented column for each field of the entity, named as in the golden tables. */
    public static StructType profile(EntityKind entity) {
        List<StructField> fields = new ArrayList<>();
        for (Field field : Field.of(entity)) {
            fields.add(of(field.column(), typeOf(field), field.sentence()));
        }
        return new StructType(fields.toArray(StructField[]::new));
    }

    /** The cells of such a struct; null where nothing is known. */
    public static Row row(Profile profile) {
        if (profile.isEmpty()) {
            return null;
        }
        return RowFactory.create(Field.of(profile.entity()).stream()
                .map(field -> profile.value(field)
                        .map(value -> value instanceof Collection<?> list ? list.toArray(String[]::new) : value)
                        .orElse(null))
                .toArray());
    }
}
