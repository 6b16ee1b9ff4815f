package io.tributary.merge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tributary.model.Field;
import java.util.List;

/** The text form of field values in lineage: strings as they are, numbers in decimal, lists as a JSON array. */
public final class FieldValues {
    private static final JsonMapper JSON = new JsonMapper();

    private FieldValues() {}

    /** The one text of that value of that field; equal values have equal texts. */
    public static String text(Field field, Object value) {
        return switch (field.type()) {
            case STRING -> (String) value;
            case LONG -> Long.toString((Long) value);
            case STRING_LIST -> {
                try {
                    yield JSON.writeValueAsString(value);
                } catch (JsonProcessingException e) {
                    throw new IllegalArgumentException(field + " takes a list of strings", e);
                }
            }
        };
    }

    /**
     * The inverse of {@link #text}.
     *
     * @throws IllegalArgumentException if the text is no value of that field; the message does not repeat it
     */
    public static Object parse(Field field, String text) {
        return switch (field.type()) {
            case STRING -> text;
            case LONG -> {
                try {
                    yield Long.valueOf(text);
                } catch (NumberFormatException e) {
                    throw new IllegalArgumentException("the lineage of " + field + " holds no whole number");
                }
            }
            case STRING_LIST -> {
                try {
                    yield List.copyOf(JSON.readValue(text, new TypeReference<List<String>>() {}));
                } catch (JsonProcessingException e) {
                    throw new IllegalArgumentException("the lineage of " + field + " holds no JSON array of strings");
                }
            }
        };
    }
}
