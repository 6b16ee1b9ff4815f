package io.tributary.call;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.journal.Entry;
import io.tributary.model.EntityKind;
import io.tributary.model.Field;
import io.tributary.model.LookupKey;
import io.tributary.model.Outcome;
import io.tributary.model.Profile;
import io.tributary.provider.ItemReading;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Journal entries from what came back. */
final class Entries {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Entries() {}

    /** One try: when it came, how long it took, what it carried. */
    record Try(String specVersion, int status, int batchSize, long atMillis, long durationMillis) {}

    /** An answer of the provider. */
    static Entry answer(Item item, ItemReading reading, Try with, String body) {
        return entry(
                item,
                reading.outcome(),
                reading.reason(),
                reading.credits(),
                reading.confidence().orElse(Double.NaN),
                true,
                reading.jobId().orElse(""),
                reading.also().stream().map(LookupKey::text).toList(),
                profiles(reading),
                body,
                with);
    }

    /** A try without an answer. */
    static Entry failure(Item item, Outcome outcome, String reason, boolean last, Try with, String body) {
        return entry(item, outcome, reason, 0, Double.NaN, last, "", List.of(), "{}", body, with);
    }

    private static Entry entry(
            Item item,
            Outcome outcome,
            String reason,
            double credits,
            double confidence,
            boolean last,
            String jobId,
            List<String> also,
            String profiles,
            String body,
            Try with) {
        return new Entry(
                item.entryKey(),
                item.ask().key().text(),
                item.operation().provider(),
                item.operation().name(),
                item.ask().epoch(),
                item.inputHash(),
                outcome,
                reason,
                with.status(),
                credits,
                confidence,
                Math.max(1, item.attempts()),
                with.batchSize(),
                last,
                with.atMillis(),
                with.durationMillis(),
                jobId,
                with.specVersion(),
                also,
                profiles,
                body);
    }

    private static String profiles(ItemReading reading) {
        Map<String, Map<String, Object>> all = new TreeMap<>();
        reading.profiles().forEach((entity, profile) -> all.put(entity.id(), byPath(profile)));
        return write(all);
    }

    /** What an entry's answer said, as it was when it came; fields that this version does not know are left out. */
    static Map<EntityKind, Profile> profiles(Entry entry) {
        Map<EntityKind, Profile> profiles = new EnumMap<>(EntityKind.class);
        try {
            JsonNode written = JSON.readTree(entry.profiles());
            for (EntityKind entity : EntityKind.values()) {
                Profile profile = profile(entity, written.path(entity.id()));
                if (!profile.isEmpty()) {
                    profiles.put(entity, profile);
                }
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the profiles of " + entry + " are no JSON", e);
        }
        return profiles;
    }

    private static Profile profile(EntityKind entity, JsonNode byPath) {
        Map<Field, Object> values = new EnumMap<>(Field.class);
        for (Field field : Field.of(entity)) {
            JsonNode value = byPath.path(field.path());
            if (!value.isMissingNode() && !value.isNull()) {
                values.put(
                        field,
                        switch (field.type()) {
                            case STRING -> value.asText();
                            case LONG -> value.asLong();
                            case STRING_LIST -> texts(value);
                        });
            }
        }
        return Profile.of(entity, values);
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static Map<String, Object> byPath(Profile profile) {
        Map<String, Object> values = new LinkedHashMap<>();
        profile.values().forEach((field, value) -> values.put(field.path(), value));
        return values;
    }

    /** The part of a response body that belongs to each item; parsed once for all items of a batch. */
    static final class Body {
        private final String text;
        private JsonNode root;

        Body(String text) {
            this.text = text;
        }

        /** The part at a JSON pointer; the whole body if there is no such part. */
        String at(String pointer) {
            if (pointer.isEmpty()) {
                return text;
            }
            try {
                if (root == null) {
                    root = JSON.readTree(text);
                }
                JsonNode part = root.at(pointer);
                return part.isMissingNode() ? text : write(part);
            } catch (JsonProcessingException | IllegalArgumentException notJson) {
                return text;
            }
        }
    }

    private static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("profiles and parsed bodies can always be written", e);
        }
    }
}
