package io.tributary.jobs.harvest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.journal.Entry;
import io.tributary.journal.EntryKeys;
import io.tributary.journal.Intent;
import io.tributary.journal.Replay;
import io.tributary.journal.Segment;
import io.tributary.journal.SegmentCodec;
import io.tributary.journal.SegmentPath;
import io.tributary.journal.UnknownVersionException;
import io.tributary.model.EntityKind;
import io.tributary.model.Field;
import io.tributary.model.LookupKey;
import io.tributary.model.Outcome;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The segment files of one bucket of one run into rows of history: one for each try whose end is known, one for each that may
 * have been bought and whose end is not, one for each further key that an answer answers for; and into rows that are only
 * counted: one for each ask that a later attempt made again, and one for each segment that is torn.
 */
final class SegmentRows implements FlatMapGroupsFunction<String, Row, Row> {
    private static final long serialVersionUID = 1L;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The reason of an ask that was about to be sent when its task died. */
    static final String DIED = "died_before_answer";

    /** The columns of history, then what only the count of calls needs, and {@code torn}: null in a row of a try. */
    static StructType schema(StructType history) {
        return history.add("batch_size", DataTypes.IntegerType)
                .add("last", DataTypes.BooleanType)
                .add("again", DataTypes.BooleanType)
                .add("torn", DataTypes.StringType)
                .add("unknown_version", DataTypes.StringType);
    }

    private final String[] names;
    private final int buckets;

    /** @param buckets into which keys are cut */
    SegmentRows(StructType history, int buckets) {
        this.names = schema(history).fieldNames();
        this.buckets = buckets;
    }

    @Override
    public Iterator<Row> call(String bucketFolder, Iterator<Row> files) throws IOException {
        List<Row> rows = new ArrayList<>();
        List<Segment> segments = new ArrayList<>();
        while (files.hasNext()) {
            Row file = files.next();
            SegmentPath place = SegmentPath.parse(file.getAs("path"));
            Segment segment;
            try {
                segment = SegmentCodec.read(place.text(), new ByteArrayInputStream(file.<byte[]>getAs("content")));
            } catch (UnknownVersionException newer) {
                rows.add(row(Map.of("segment", place.text(), "torn", "", "unknown_version", newer.getMessage())));
                continue;
            }
            segments.add(segment);
            for (int i = 0; i < segment.entries().size(); i++) {
                Entry entry = segment.entries().get(i);
                rows.add(answer(place, i, entry));
                for (String other : entry.also()) {
                    rows.add(carried(place, i, entry, LookupKey.parse(other)));
                }
            }
            if (!segment.isWhole()) {
                rows.add(row(Map.of("segment", place.text(), "torn", segment.torn())));
            }
        }
        if (!segments.isEmpty()) {
            SegmentPath place = SegmentPath.parse(segments.get(0).path());
            Replay replay = Replay.of(segments);
            replay.open().forEach(open -> rows.add(unknown(place, open)));
            replay.askedAgain().forEach(intent -> rows.add(again(place, intent)));
        }
        return rows.iterator();
    }

    /** The id depends on the try and not on a segment: it stays the same whatever else is put there later. */
    private Row unknown(SegmentPath place, Replay.Open open) {
        Intent intent = open.intent();
        LookupKey key = LookupKey.parse(intent.lookupKey());
        Map<String, Object> cells = new HashMap<>();
        cells.put("bucket", place.bucket());
        cells.put("entity", key.kind().entity().id());
        cells.put("lookup_key", intent.lookupKey());
        cells.put("key_hash", key.hash());
        cells.put("provider", intent.provider());
        cells.put("operation", intent.operation());
        cells.put("epoch", intent.epoch());
        cells.put("outcome", Outcome.UNKNOWN.name());
        cells.put("reason", DIED);
        cells.put("fetched_at", Timestamp.from(Instant.ofEpochMilli(intent.atMillis())));
        cells.put("credits", 0.0);
        cells.put("http_status", 0);
        cells.put(
                "response_id",
                EntryKeys.hash(SegmentPath.bucketFolder(place.run(), place.bucket()) + "#" + intent.entryKey() + "#"
                                + open.attempt())
                        .substring(0, 32));
        cells.put("raw_body", "");
        cells.put("inputs_hash", intent.inputHash());
        cells.put("job_id", "");
        cells.put("run_id", place.run());
        cells.put("last", true);
        return row(cells);
    }

    /** Only counted. */
    private Row again(SegmentPath place, Intent intent) {
        return row(Map.of(
                "run_id", place.run(),
                "provider", intent.provider(),
                "operation", intent.operation(),
                "last", false,
                "again", true));
    }

    private Row answer(SegmentPath place, int index, Entry entry) throws IOException {
        LookupKey key = LookupKey.parse(entry.lookupKey());
        JsonNode profiles = JSON.readTree(entry.profiles().isEmpty() ? "{}" : entry.profiles());
        Map<String, Object> cells = new HashMap<>();
        cells.put("bucket", place.bucket());
        cells.put("entity", key.kind().entity().id());
        cells.put("lookup_key", entry.lookupKey());
        cells.put("key_hash", key.hash());
        cells.put("provider", entry.provider());
        cells.put("operation", entry.operation());
        cells.put("epoch", entry.epoch());
        cells.put("outcome", entry.outcome().name());
        cells.put("reason", entry.reason());
        cells.put("confidence", Double.isNaN(entry.confidence()) ? null : entry.confidence());
        cells.put("fetched_at", Timestamp.from(Instant.ofEpochMilli(entry.atMillis())));
        cells.put("credits", entry.credits());
        cells.put("http_status", entry.httpStatus());
        cells.put("response_id", id(place, Integer.toString(index)));
        cells.put("person", profile(EntityKind.PERSON, profiles));
        cells.put("company", profile(EntityKind.COMPANY, profiles));
        cells.put("present", present(profiles));
        cells.put("raw_body", entry.body());
        cells.put("inputs_hash", entry.inputHash());
        cells.put("job_id", entry.jobId());
        cells.put("spec_version", entry.specVersion());
        cells.put("run_id", place.run());
        cells.put("segment", place.text());
        cells.put("batch_size", entry.batchSize());
        cells.put("last", entry.last());
        return row(cells);
    }

    /** What an answer says of another subject, under that one's key. The body stays with the answer that brought it. */
    private Row carried(SegmentPath place, int index, Entry entry, LookupKey other) throws IOException {
        EntityKind entity = other.kind().entity();
        JsonNode profiles = JSON.readTree(entry.profiles());
        ObjectNode own = JSON.createObjectNode();
        own.set(entity.id(), profiles.path(entity.id()));
        Map<String, Object> cells = new HashMap<>();
        cells.put("bucket", other.bucket(buckets));
        cells.put("entity", entity.id());
        cells.put("lookup_key", other.text());
        cells.put("key_hash", other.hash());
        cells.put("provider", entry.provider());
        cells.put("operation", entry.operation());
        cells.put("epoch", 0L);
        cells.put("outcome", Outcome.MATCHED.name());
        cells.put("reason", "");
        cells.put("confidence", Double.isNaN(entry.confidence()) ? null : entry.confidence());
        cells.put("fetched_at", Timestamp.from(Instant.ofEpochMilli(entry.atMillis())));
        cells.put("credits", 0.0);
        cells.put("http_status", entry.httpStatus());
        cells.put("response_id", id(place, index + "#" + other.text()));
        cells.put("carried_by", id(place, Integer.toString(index)));
        cells.put(entity.id(), profile(entity, own));
        cells.put("present", present(own));
        cells.put("raw_body", "");
        cells.put("inputs_hash", "");
        cells.put("job_id", "");
        cells.put("spec_version", entry.specVersion());
        cells.put("run_id", place.run());
        cells.put("segment", place.text());
        cells.put("last", true);
        return row(cells);
    }

    private static String id(SegmentPath place, String what) {
        return EntryKeys.hash(place.text() + "#" + what).substring(0, 32);
    }

    private Row row(Map<String, Object> cells) {
        Object[] values = new Object[names.length];
        for (int i = 0; i < names.length; i++) {
            values[i] = cells.get(names[i]);
        }
        return RowFactory.create(values);
    }

    /** Null without data, so that an answer that knows nothing is told from one that came to no profile. */
    private static String[] present(JsonNode profiles) {
        List<String> present = new ArrayList<>();
        for (EntityKind entity : EntityKind.values()) {
            JsonNode values = profiles.path(entity.id());
            Field.of(entity).stream()
                    .filter(field -> !values.path(field.path()).isMissingNode()
                            && !values.path(field.path()).isNull())
                    .forEach(field -> present.add(entity.id() + "." + field.path()));
        }
        return present.isEmpty() ? null : present.toArray(String[]::new);
    }

    private static Row profile(EntityKind entity, JsonNode profiles) {
        JsonNode values = profiles.path(entity.id());
        if (!values.isObject() || values.isEmpty()) {
            return null;
        }
        List<Object> cells = new ArrayList<>();
        for (Field field : Field.of(entity)) {
            JsonNode value = values.path(field.path());
            cells.add(
                    value.isMissingNode() || value.isNull()
                            ? null
                            : switch (field.type()) {
                                case STRING -> value.asText();
                                case LONG -> value.asLong();
                                case STRING_LIST -> texts(value);
                            });
        }
        return RowFactory.create(cells.toArray());
    }

    private static String[] texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(item -> texts.add(item.asText()));
        return texts.toArray(String[]::new);
    }
}
