package io.tributary.journal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * Records of a segment as JSON. Written by hand, because every answer passes here and reflection took a third of the
 * journal's time, and with names that are encoded once; read by data binding, which needs no speed. The names are those of the
 * records' components.
 */
final class RecordJson {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final ObjectMapper MAPPER =
            new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

    private static final SerializableString ENTRY_KEY = new SerializedString("entryKey");
    private static final SerializableString LOOKUP_KEY = new SerializedString("lookupKey");
    private static final SerializableString PROVIDER = new SerializedString("provider");
    private static final SerializableString OPERATION = new SerializedString("operation");
    private static final SerializableString EPOCH = new SerializedString("epoch");
    private static final SerializableString INPUT_HASH = new SerializedString("inputHash");
    private static final SerializableString OUTCOME = new SerializedString("outcome");
    private static final SerializableString REASON = new SerializedString("reason");
    private static final SerializableString HTTP_STATUS = new SerializedString("httpStatus");
    private static final SerializableString CREDITS = new SerializedString("credits");
    private static final SerializableString CONFIDENCE = new SerializedString("confidence");
    private static final SerializableString ATTEMPT = new SerializedString("attempt");
    private static final SerializableString BATCH_SIZE = new SerializedString("batchSize");
    private static final SerializableString LAST = new SerializedString("last");
    private static final SerializableString AT_MILLIS = new SerializedString("atMillis");
    private static final SerializableString DURATION_MILLIS = new SerializedString("durationMillis");
    private static final SerializableString JOB_ID = new SerializedString("jobId");
    private static final SerializableString SPEC_VERSION = new SerializedString("specVersion");
    private static final SerializableString ALSO = new SerializedString("also");

    private RecordJson() {}

    /** Everything but profiles and body. */
    static void write(Entry entry, OutputStream to) {
        write(to, json -> {
            json.writeFieldName(ENTRY_KEY);
            json.writeString(entry.entryKey());
            json.writeFieldName(LOOKUP_KEY);
            json.writeString(entry.lookupKey());
            json.writeFieldName(PROVIDER);
            json.writeString(entry.provider());
            json.writeFieldName(OPERATION);
            json.writeString(entry.operation());
            json.writeFieldName(EPOCH);
            json.writeNumber(entry.epoch());
            json.writeFieldName(INPUT_HASH);
            json.writeString(entry.inputHash());
            json.writeFieldName(OUTCOME);
            json.writeString(entry.outcome().name());
            json.writeFieldName(REASON);
            json.writeString(entry.reason());
            json.writeFieldName(HTTP_STATUS);
            json.writeNumber(entry.httpStatus());
            json.writeFieldName(CREDITS);
            json.writeNumber(entry.credits());
            json.writeFieldName(CONFIDENCE);
            json.writeNumber(entry.confidence());
            json.writeFieldName(ATTEMPT);
            json.writeNumber(entry.attempt());
            json.writeFieldName(BATCH_SIZE);
            json.writeNumber(entry.batchSize());
            json.writeFieldName(LAST);
            json.writeBoolean(entry.last());
            json.writeFieldName(AT_MILLIS);
            json.writeNumber(entry.atMillis());
            json.writeFieldName(DURATION_MILLIS);
            json.writeNumber(entry.durationMillis());
            json.writeFieldName(JOB_ID);
            json.writeString(entry.jobId());
            json.writeFieldName(SPEC_VERSION);
            json.writeString(entry.specVersion());
            if (!entry.also().isEmpty()) {
                json.writeFieldName(ALSO);
                json.writeStartArray();
                for (String key : entry.also()) {
                    json.writeString(key);
                }
                json.writeEndArray();
            }
        });
    }

    static void write(Intent intent, OutputStream to) {
        write(to, json -> {
            json.writeFieldName(ENTRY_KEY);
            json.writeString(intent.entryKey());
            json.writeFieldName(LOOKUP_KEY);
            json.writeString(intent.lookupKey());
            json.writeFieldName(PROVIDER);
            json.writeString(intent.provider());
            json.writeFieldName(OPERATION);
            json.writeString(intent.operation());
            json.writeFieldName(EPOCH);
            json.writeNumber(intent.epoch());
            json.writeFieldName(INPUT_HASH);
            json.writeString(intent.inputHash());
            json.writeFieldName(AT_MILLIS);
            json.writeNumber(intent.atMillis());
        });
    }

    static Entry entry(byte[] json, String profiles, String body) throws IOException {
        return MAPPER.readValue(json, Entry.class).withTexts(profiles, body);
    }

    static Intent intent(byte[] json) throws IOException {
        return MAPPER.readValue(json, Intent.class);
    }

    private interface Fields {
        void writeTo(JsonGenerator json) throws IOException;
    }

    private static void write(OutputStream to, Fields fields) {
        try (JsonGenerator json = FACTORY.createGenerator(to)) {
            json.writeStartObject();
            fields.writeTo(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
    }
}
