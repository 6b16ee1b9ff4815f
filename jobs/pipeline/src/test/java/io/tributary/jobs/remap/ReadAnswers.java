package io.tributary.jobs.remap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.jobs.ask.ProviderText;
import io.tributary.jobs.ask.ShippedCatalog;
import io.tributary.journal.Entry;
import io.tributary.journal.FlushPolicy;
import io.tributary.journal.JournalStore;
import io.tributary.journal.JournalWriter;
import io.tributary.journal.SegmentPath;
import io.tributary.merge.FreshnessPolicy;
import io.tributary.model.EntityKind;
import io.tributary.model.Identifiers;
import io.tributary.model.Identifiers.Input;
import io.tributary.model.KeyKind;
import io.tributary.model.LookupKey;
import io.tributary.provider.Ask;
import io.tributary.provider.HttpAnswer;
import io.tributary.provider.ItemReading;
import io.tributary.provider.Operation;
import io.tributary.provider.ProviderSpec;
import io.tributary.provider.ReAsk;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;

/** A journal as a night leaves it that asked a provider about people, each answer read by the provider's file. */
public final class ReadAnswers {
    public static final Instant ASKED = Instant.parse("2026-08-21T02:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String text;
    private final ProviderSpec spec;

    public ReadAnswers(String text) {
        this.text = text;
        this.spec = ProviderSpec.parse("acme.yaml", text);
    }

    public ProviderSpec spec() {
        return spec;
    }

    public ShippedCatalog catalog() {
        return new ShippedCatalog(
                List.of(new ProviderText(
                        spec.name(),
                        text,
                        "",
                        List.of(),
                        1,
                        null,
                        ReAsk.HOLD,
                        false,
                        FreshnessPolicy.defaults(),
                        List.of())),
                Map.of(EntityKind.PERSON, List.of(spec.name()), EntityKind.COMPANY, List.of(spec.name())));
    }

    /** Writes the answers about the people of these addresses. */
    public void write(JournalStore journal, String run, int people, IntFunction<String> email, IntFunction<String> body)
            throws JsonProcessingException {
        FlushPolicy large = new FlushPolicy(5_000, Duration.ofHours(1));
        try (JournalWriter writer = new JournalWriter(journal, new SegmentPath(run, 0, 1, 0), large)) {
            for (int i = 0; i < people; i++) {
                writer.append(entry(email.apply(i), body.apply(i), ASKED.plusSeconds(i)), 0);
            }
        }
    }

    private Entry entry(String email, String body, Instant at) throws JsonProcessingException {
        LookupKey key = new LookupKey(KeyKind.EMAIL, email);
        Identifiers inputs = new Identifiers(Map.of(Input.EMAIL, email));
        Operation operation = spec.operationFor(EntityKind.PERSON, inputs).orElseThrow();
        ItemReading reading = operation
                .read(
                        List.of(Ask.about(key, inputs, 0, Optional.empty())),
                        new HttpAnswer(200, Map.of(), body.getBytes(StandardCharsets.UTF_8)))
                .items()
                .get(0);
        Map<String, Map<String, Object>> profiles = new TreeMap<>();
        reading.profiles().forEach((entity, profile) -> {
            Map<String, Object> byPath = new LinkedHashMap<>();
            profile.values().forEach((field, value) -> byPath.put(field.path(), value));
            profiles.put(entity.id(), byPath);
        });
        return new Entry(
                "key-" + email,
                key.text(),
                spec.name(),
                operation.name(),
                0,
                "in-" + email,
                reading.outcome(),
                reading.reason(),
                200,
                1,
                reading.confidence().orElse(Double.NaN),
                1,
                1,
                true,
                at.toEpochMilli(),
                5,
                "",
                spec.version(),
                reading.also().stream().map(LookupKey::text).toList(),
                JSON.writeValueAsString(profiles),
                body);
    }
}
