package io.tributary.jobs.harvest;

import io.tributary.jobs.read.TypedProfile;
import io.tributary.jobs.table.Lake;
import io.tributary.journal.EntryKeys;
import io.tributary.merge.FieldValues;
import io.tributary.model.EntityKind;
import io.tributary.model.Field;
import io.tributary.model.LookupKey;
import io.tributary.model.Outcome;
import io.tributary.model.Profile;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Rows that were read into rows of history.
 *
 * @param now no answer is younger
 */
record ImportedAnswers(String provider, String runId, int buckets, StructType history, Instant now)
        implements MapPartitionsFunction<Row, Row> {
    private static final long serialVersionUID = 1L;
    private static final List<String> ORIGIN = List.of("source", "object", "extract", "record_id");

    /** The columns of history, then where the row stood, and {@code reject}: null for a row that can be an answer. */
    StructType schema() {
        StructType schema = history;
        for (String name : ORIGIN) {
            schema = schema.add(name, DataTypes.StringType);
        }
        return schema.add("extract_row", DataTypes.LongType).add("reject", DataTypes.StringType);
    }

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        Iterable<Row> all = () -> rows;
        String[] names = schema().fieldNames();
        return StreamSupport.stream(all.spliterator(), false)
                .map(row -> answer(row, names))
                .iterator();
    }

    private Row answer(Row row, String[] names) {
        EntityKind entity = EntityKind.of(row.getAs("entity"));
        LookupKey key = LookupKey.parse(row.getAs("lookup_key"));
        Profile profile = TypedProfile.of(entity, row.getJavaMap(row.fieldIndex("crm")));
        Timestamp day = row.getAs("fetched_at");
        Double confidence = row.getAs("confidence");
        Map<String, Object> cells = new HashMap<>();
        cells.put("bucket", key.bucket(buckets));
        cells.put("entity", entity.id());
        cells.put("lookup_key", key.text());
        cells.put("key_hash", key.hash());
        cells.put("provider", provider);
        cells.put("operation", Lake.IMPORT);
        cells.put("epoch", 0L);
        cells.put("outcome", Outcome.MATCHED.name());
        cells.put("reason", "");
        cells.put("confidence", confidence);
        cells.put("fetched_at", day);
        cells.put("credits", 0.0);
        cells.put("http_status", 0);
        cells.put("response_id", id(key, day, profile));
        cells.put(entity.id(), struct(profile));
        cells.put(
                "present",
                profile.values().keySet().stream()
                        .map(field -> entity.id() + "." + field.path())
                        .toArray(String[]::new));
        cells.put("raw_body", "");
        cells.put("inputs_hash", "");
        cells.put("job_id", "");
        cells.put("spec_version", "");
        cells.put("run_id", runId);
        ORIGIN.forEach(name -> cells.put(name, row.getAs(name)));
        cells.put("extract_row", row.getAs("extract_row"));
        cells.put("reject", reject(profile, day, confidence));
        Object[] values = new Object[names.length];
        for (int i = 0; i < names.length; i++) {
            values[i] = cells.get(names[i]);
        }
        return RowFactory.create(values);
    }

    private String reject(Profile profile, Timestamp day, Double confidence) {
        if (profile.isEmpty()) {
            return "says_nothing";
        }
        if (day == null) {
            return "no_date";
        }
        if (day.toInstant().isAfter(now)) {
            return "date_ahead";
        }
        return confidence == null || !(confidence >= 0 && confidence <= 1) ? "confidence" : null;
    }

    private String id(LookupKey key, Timestamp day, Profile profile) {
        StringBuilder text =
                new StringBuilder(provider + "#" + key.text() + "#" + (day == null ? "" : day.toInstant()));
        profile.values()
                .forEach((field, value) ->
                        text.append('#').append(field.name()).append('=').append(FieldValues.text(field, value)));
        return EntryKeys.hash(text.toString()).substring(0, 32);
    }

    private static Row struct(Profile profile) {
        List<Object> cells = new ArrayList<>();
        for (Field field : Field.of(profile.entity())) {
            Object value = profile.value(field).orElse(null);
            cells.add(value instanceof Collection<?> list ? list.toArray(new String[0]) : value);
        }
        return RowFactory.create(cells.toArray());
    }
}
