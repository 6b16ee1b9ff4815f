package io.tributary.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Replays recorded facts: whether a provider's file sends what it should, and understands what came. Thread-safe. */
public final class Fixtures {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private Fixtures() {}

    /**
     * What became of a provider's facts.
     *
     * @param facts how many there are
     * @param faults each that does not hold: its file, and what differs
     */
    public record Replayed(int facts, List<String> faults) {
        public Replayed {
            faults = List.copyOf(faults);
        }
    }

    /**
     * Replays the facts of one provider; no network is used.
     *
     * @param folder with a folder for each provider
     */
    public static Replayed replay(ProviderSpec spec, Path folder) {
        List<Fixture> facts = Fixture.of(folder, spec.name());
        List<String> faults = new ArrayList<>();
        for (Fixture fact : facts) {
            try {
                difference(fact, "request", fact.expectedRequest(), sent(fact, spec), faults);
                difference(fact, "reading", fact.expectedReading(), understood(fact, spec), faults);
            } catch (IllegalArgumentException e) {
                faults.add(fact.id() + ".json: " + e.getMessage());
            }
        }
        return new Replayed(facts.size(), faults);
    }

    /** A recorded reply with what was asked: what {@link Operation#read} takes. */
    public record Sample(String provider, Operation operation, List<Ask> asks, HttpAnswer reply) {
        public Sample {
            asks = List.copyOf(asks);
        }

        /** What is understood of it. */
        public Reading read() {
            return operation.read(asks, reply);
        }

        /** The same with another body. */
        public Sample saying(byte[] body) {
            return new Sample(provider, operation, asks, new HttpAnswer(reply.status(), reply.headers(), body));
        }
    }

    /** The recorded replies of one provider to asks. */
    public static List<Sample> samples(ProviderSpec spec, Path folder) {
        return Fixture.of(folder, spec.name()).stream()
                .filter(fact -> !fact.isOfBalance())
                .map(fact -> new Sample(spec.name(), fact.operation(spec), fact.asks(), fact.reply()))
                .toList();
    }

    /**
     * A new fact, as the text of its file, from what a provider really said.
     *
     * @param fact in words
     * @param operation the operation of the file
     * @param asks what was asked; all pending, or none
     * @param scrub takes secrets out of a text
     */
    public static String recorded(
            String fact,
            ProviderSpec spec,
            String operation,
            List<Ask> asks,
            HttpAnswer reply,
            UnaryOperator<String> scrub) {
        ObjectNode content = JSON.createObjectNode().put("fact", fact);
        ArrayNode list = content.putArray("asks");
        asks.forEach(ask -> list.add(FixtureWords.words(ask)));
        content.putObject("request");
        content.set("reply", FixtureWords.words(reply, scrub));
        content.putObject("reading");
        Fixture empty = new Fixture(spec.name(), operation, "recorded", content);
        content.set("request", sent(empty, spec));
        content.set("reading", understood(empty, spec));
        try {
            return JSON.writeValueAsString(content) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can always be written", e);
        }
    }

    static JsonNode sent(Fixture fact, ProviderSpec spec) {
        HttpCall call = fact.isOfBalance()
                ? fact.balance(spec).call()
                : fact.operation(spec).render(fact.asks());
        Map<String, String> parts = new HashMap<>(Map.of(Auth.KEY, "${key}"));
        spec.auth().lacking(Set.of(Auth.KEY)).forEach(part -> parts.put(part, "${" + part + "}"));
        return FixtureWords.words(spec.auth().sign(call, parts));
    }

    static JsonNode understood(Fixture fact, ProviderSpec spec) {
        return fact.isOfBalance()
                ? FixtureWords.words(fact.balance(spec).read(fact.reply()))
                : FixtureWords.words(fact.operation(spec).read(fact.asks(), fact.reply()));
    }

    private static void difference(Fixture fact, String part, JsonNode expected, JsonNode actual, List<String> faults) {
        String wanted = text(expected);
        String found = text(actual);
        if (!wanted.equals(found)) {
            faults.add(fact.id() + ".json: the " + part + " is not as recorded ("
                    + fact.content().path("fact").asText() + ")\n  recorded: " + wanted.replace("\n", "\n  ")
                    + "\n  now: " + found.replace("\n", "\n  "));
        }
    }

    /** Members in one order, whole numbers and decimals of one value alike, so that two trees can be read side by side. */
    static String text(JsonNode node) {
        try {
            return JSON.writeValueAsString(plain(JSON.treeToValue(node, Object.class)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can always be written", e);
        }
    }

    private static Object plain(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> sorted = new TreeMap<>();
            map.forEach((key, child) -> sorted.put(String.valueOf(key), plain(child)));
            return sorted;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Fixtures::plain).toList();
        }
        return value instanceof Number number
                ? new BigDecimal(number.toString()).stripTrailingZeros().toPlainString()
                : value;
    }
}
