package io.tributary.jobs.plan;

import static org.apache.spark.sql.functions.expr;

import io.tributary.merge.FieldValues;
import io.tributary.model.EntityKind;
import io.tributary.model.Field;
import io.tributary.model.Profile;
import io.tributary.wanted.WantedFields;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;

/** The wanted fields of a row of history on their way to the planner: names and texts, and of no other field anything. */
final class WantedCells {
    private static final String NONE = "cast(array() as array<struct<field: string, text: string>>)";

    private WantedCells() {}

    /** Those that the row holds, as an array of {@code field} and {@code text}. */
    static Column of(WantedFields wanted) {
        if (wanted.isEmpty()) {
            return expr(NONE);
        }
        return expr(wanted.fields().stream()
                .map(field -> "named_struct('field', '" + field.name() + "', 'text', " + text(field) + ")")
                .collect(Collectors.joining(", ", "filter(array(", "), cell -> cell.text is not null)")));
    }

    /** In the form of {@link FieldValues#text}. */
    private static String text(Field field) {
        String value = field.entity().id() + ".`" + field.column() + "`";
        return switch (field.type()) {
            case STRING -> value;
            case LONG -> "cast(" + value + " as string)";
            case STRING_LIST -> "to_json(" + value + ")";
        };
    }

    /** What they say of a subject of that kind. */
    static Profile profile(EntityKind entity, List<Row> cells) {
        Profile profile = Profile.empty(entity);
        for (Row cell : cells) {
            Field field = Field.valueOf(cell.getString(0));
            if (field.entity() == entity) {
                profile = profile.with(field, FieldValues.parse(field, cell.getString(1)));
            }
        }
        return profile;
    }
}
