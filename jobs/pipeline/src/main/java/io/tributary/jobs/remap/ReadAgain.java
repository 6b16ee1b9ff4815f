package io.tributary.jobs.remap;

import io.tributary.jobs.ask.ShippedCatalog;
import io.tributary.jobs.golden.Said;
import io.tributary.jobs.table.Columns;
import io.tributary.journal.EntryKeys;
import io.tributary.model.EntityKind;
import io.tributary.model.Field;
import io.tributary.model.Identifiers;
import io.tributary.model.LookupKey;
import io.tributary.model.Outcome;
import io.tributary.model.Profile;
import io.tributary.provider.Ask;
import io.tributary.provider.ItemReading;
import io.tributary.provider.KeptAnswer;
import io.tributary.provider.ProviderSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Answers of history read again, on executors: of each, the row that it is by today's file, and one for each further key that
 * it answers for. Ids, bodies, credits and times stay as they are.
 */
final class ReadAgain implements FlatMapFunction<Row, Row> {
    private static final long serialVersionUID = 1L;

    /** A segment that holds more answers than this is none of ours. */
    private static final int MOST_IN_SEGMENT = 100_000;

    /** What became of a row. */
    enum Became {
        /** It says something else than before. */
        CHANGED,
        /** It says the same. */
        SAME,
        /** Today's file does not understand it: it stays as it is. */
        KEPT,
        /** A further key that an answer answers for. */
        CARRIED
    }

    private final ShippedCatalog catalog;
    private final int buckets;
    private final String[] names;

    /** @param history the columns of the table */
    ReadAgain(ShippedCatalog catalog, int buckets, StructType history) {
        this.catalog = catalog;
        this.buckets = buckets;
        this.names = schema(history).fieldNames();
    }

    /** The columns of history without the body, then {@code became}. */
    static StructType schema(StructType history) {
        StructType schema = new StructType();
        for (StructField field : history.fields()) {
            schema = field.name().equals("raw_body") ? schema : schema.add(field);
        }
        return schema.add("became", DataTypes.StringType);
    }

    @Override
    public Iterator<Row> call(Row row) {
        ProviderSpec spec = catalog.spec(row.getAs("provider"));
        Map<String, Object> cells = new HashMap<>();
        for (String name : names) {
            if (!name.equals("became")) {
                cells.put(name, row.getAs(name));
            }
        }
        Optional<ItemReading> reading = again(spec, row);
        if (reading.isEmpty()) {
            cells.put("became", Became.KEPT.name());
            return List.of(row(cells)).iterator();
        }
        List<Row> rows = new ArrayList<>();
        cells.put("spec_version", spec.version());
        boolean same = says(row, reading.get());
        write(cells, reading.get());
        cells.put("became", (same ? Became.SAME : Became.CHANGED).name());
        rows.add(row(cells));
        reading.get().also().forEach(key -> rows.add(carried(row, spec, reading.get(), key)));
        return rows.iterator();
    }

    /** Without its inputs an answer about somebody else can't be told from one about the subject. */
    private static Optional<ItemReading> again(ProviderSpec spec, Row row) {
        Map<String, String> sent =
                row.isNullAt(row.fieldIndex("inputs")) ? null : row.getJavaMap(row.fieldIndex("inputs"));
        if (sent == null && "another_subject".equals(row.getAs("reason"))) {
            return Optional.empty();
        }
        Map<Identifiers.Input, String> inputs = new HashMap<>();
        for (Identifiers.Input input : Identifiers.Input.values()) {
            String value = sent == null ? null : sent.get(input.id());
            if (value != null) {
                inputs.put(input, value);
            }
        }
        Ask ask = Ask.about(
                LookupKey.parse(row.getAs("lookup_key")),
                new Identifiers(inputs),
                row.<Long>getAs("epoch"),
                Optional.empty());
        String body = row.getAs("raw_body");
        return spec.readAgain(
                row.getAs("operation"),
                new KeptAnswer(ask, row.<Integer>getAs("http_status"), body == null ? "" : body));
    }

    private static boolean says(Row row, ItemReading reading) {
        Double confidence = row.getAs("confidence");
        boolean same = reading.outcome().name().equals(row.getAs("outcome"))
                && reading.reason().equals(Objects.requireNonNullElse(row.getAs("reason"), ""))
                && Objects.equals(confidence, confidence(reading));
        for (EntityKind entity : EntityKind.values()) {
            Profile now = reading.profiles().getOrDefault(entity, Profile.empty(entity));
            same &= now.equals(Said.profile(entity, row.getAs(entity.id())));
        }
        return same;
    }

    private static void write(Map<String, Object> cells, ItemReading reading) {
        cells.put("outcome", reading.outcome().name());
        cells.put("reason", reading.reason());
        cells.put("confidence", confidence(reading));
        cells.put("present", present(reading.profiles()));
        for (EntityKind entity : EntityKind.values()) {
            cells.put(entity.id(), Columns.row(reading.profiles().getOrDefault(entity, Profile.empty(entity))));
        }
    }

    /** The same row that harvest makes of it. */
    private Row carried(Row from, ProviderSpec spec, ItemReading reading, LookupKey other) {
        EntityKind entity = other.kind().entity();
        Profile profile = reading.profiles().get(entity);
        Map<String, Object> cells = new HashMap<>();
        for (String same : List.of("provider", "operation", "fetched_at", "http_status", "run_id", "segment")) {
            cells.put(same, from.getAs(same));
        }
        cells.put("bucket", other.bucket(buckets));
        cells.put("entity", entity.id());
        cells.put("lookup_key", other.text());
        cells.put("key_hash", other.hash());
        cells.put("epoch", 0L);
        cells.put("outcome", Outcome.MATCHED.name());
        cells.put("reason", "");
        cells.put("confidence", confidence(reading));
        cells.put("credits", 0.0);
        cells.put("response_id", id(from, other));
        cells.put("carried_by", from.getAs("response_id"));
        cells.put(entity.id(), Columns.row(profile));
        cells.put("present", present(Map.of(entity, profile)));
        cells.put("inputs_hash", "");
        cells.put("job_id", "");
        cells.put("spec_version", spec.version());
        cells.put("became", Became.CARRIED.name());
        return row(cells);
    }

    /** The id that harvest gives it, from the answer's place in its segment; one of our own where that can't be found. */
    private static String id(Row from, LookupKey other) {
        String segment = from.getAs("segment");
        String own = from.getAs("response_id");
        for (int i = 0; segment != null && i < MOST_IN_SEGMENT; i++) {
            if (hash(segment + "#" + i).equals(own)) {
                return hash(segment + "#" + i + "#" + other.text());
            }
        }
        return hash(own + "#" + other.text());
    }

    private static String hash(String text) {
        return EntryKeys.hash(text).substring(0, 32);
    }

    private static Double confidence(ItemReading reading) {
        return reading.confidence().isPresent() ? reading.confidence().getAsDouble() : null;
    }

    /** Null without data, as harvest writes it. */
    private static String[] present(Map<EntityKind, Profile> profiles) {
        List<String> present = new ArrayList<>();
        for (EntityKind entity : EntityKind.values()) {
            Profile profile = profiles.getOrDefault(entity, Profile.empty(entity));
            for (Field field : Field.of(entity)) {
                profile.value(field).ifPresent(value -> present.add(entity.id() + "." + field.path()));
            }
        }
        return present.isEmpty() ? null : present.toArray(String[]::new);
    }

    private Row row(Map<String, Object> cells) {
        Object[] values = new Object[names.length];
        for (int i = 0; i < names.length; i++) {
            values[i] = cells.get(names[i]);
        }
        return RowFactory.create(values);
    }
}
