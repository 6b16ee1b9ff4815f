package io.tributary.journal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Records of a segment as JSON. Written by hand, because every answer passes here and reflection took a third of the
 * journal's time; read by data binding, which needs no speed. The names are those of the records' components.
 */
final class RecordJson {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final ObjectMapper MAPPER =
            new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

    private RecordJson() {}

    /** Everything but profiles and body. */
    static byte[] write(Entry entry) {
        return json(json -> {
            json.writeStringField("entryKey", entry.entryKey());
            json.writeStringField("lookupKey", entry.lookupKey());
            json.writeStringField("provider", entry.provider());
            json.writeStringField("operation", entry.operation());
            json.writeNumberField("epoch", entry.epoch());
            json.writeStringField("inputHash", entry.inputHash());
            json.writeStringField("outcome", entry.outcome().name());
            json.writeStringField("reason", entry.reason());
            json.writeNumberField("httpStatus", entry.httpStatus());
            json.writeNumberField("credits", entry.credits());
            json.writeNumberField("confidence", entry.confidence());
            json.writeNumberField("attempt", entry.attempt());
            json.writeNumberField("batchSize", entry.batchSize());
            json.writeBooleanField("last", entry.last());
            json.writeNumberField("atMillis", entry.atMillis());
            json.writeNumberField("durationMillis", entry.durationMillis());
            json.writeStringField("jobId", entry.jobId());
            json.writeStringField("specVersion", entry.specVersion());
        });
    }

    static byte[] write(Intent intent) {
        return json(json -> {
            json.writeStringField("entryKey", intent.entryKey());
            json.writeStringField("lookupKey", intent.lookupKey());
            json.writeStringField("provider", intent.provider());
            json.writeStringField("operation", intent.operation());
            json.writeNumberField("epoch", intent.epoch());
            json.writeStringField("inputHash", intent.inputHash());
            json.writeNumberField("atMillis", intent.atMillis());
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

    private static byte[] json(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            fields.writeTo(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
        return bytes.toByteArray();
    }
}
