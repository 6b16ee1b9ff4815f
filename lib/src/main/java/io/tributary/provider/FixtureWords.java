package io.tributary.provider;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Asks, calls, replies and readings in the words of a fact's file; see {@link Fixture}. */
final class FixtureWords {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private static final Pattern TELLING = Pattern.compile("(?i)retry-after|limit|remaining|reset|quota|left|usage");

    private FixtureWords() {}

    /** An ask in the words of a case file. */
    static ObjectNode words(Ask ask) {
        ObjectNode words = JsonNodeFactory.instance.objectNode().put("reference", ask.reference());
        ask.inputs().values().forEach((input, value) -> words.put(input.id(), value));
        ask.pending().ifPresent(pending -> words.put("job", pending.jobId()));
        return words;
    }

    /**
     * A reply in the words of a case file, without headers that carry nothing for us.
     *
     * @param scrub takes secrets out of a text
     */
    static ObjectNode words(HttpAnswer answer, UnaryOperator<String> scrub) {
        ObjectNode words = JsonNodeFactory.instance.objectNode().put("status", answer.status());
        ObjectNode headers = JsonNodeFactory.instance.objectNode();
        new TreeMap<>(answer.headers()).forEach((name, values) -> {
            if (TELLING.matcher(name).find() && !values.isEmpty()) {
                headers.put(name, scrub.apply(values.get(0)));
            }
        });
        if (!headers.isEmpty()) {
            words.set("headers", headers);
        }
        String text = scrub.apply(answer.text());
        JsonNode body = body(text);
        return body.isMissingNode() ? words.put("text", text) : words.set("body", body);
    }

    /** Missing unless the body is the same after it was read and written again, white space aside. */
    private static JsonNode body(String text) {
        try {
            JsonNode body = EXACT.readTree(text);
            return body == null ? MissingNode.getInstance() : body;
        } catch (IOException notJson) {
            return MissingNode.getInstance();
        }
    }

    /** A call in the words of a case file. */
    static JsonNode words(HttpCall call) {
        ObjectNode words = JsonNodeFactory.instance.objectNode().put("method", call.method());
        String uri = call.uri().toString();
        int mark = uri.indexOf('?');
        words.put("url", mark < 0 ? uri : uri.substring(0, mark));
        ObjectNode query = words.putObject("query");
        if (mark >= 0) {
            for (String pair : uri.substring(mark + 1).split("&")) {
                int equals = pair.indexOf('=');
                repeated(query, decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        ObjectNode headers = words.putObject("headers");
        call.headers().forEach(headers::put);
        if (call.headers().getOrDefault("Content-Type", "").equals("application/x-www-form-urlencoded")) {
            ObjectNode form = words.putObject("form");
            for (String pair : new String(call.body(), StandardCharsets.UTF_8).split("&")) {
                int equals = pair.indexOf('=');
                repeated(form, decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        } else if (call.body().length > 0) {
            try {
                words.set("body", JSON.readTree(call.body()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return words;
    }

    /** A parameter that comes several times is a list. */
    private static void repeated(ObjectNode parameters, String name, String value) {
        if (!parameters.has(name)) {
            parameters.put(name, value);
        } else if (parameters.get(name) instanceof ArrayNode values) {
            values.add(value);
        } else {
            JsonNode first = parameters.get(name);
            parameters.putArray(name).add(first).add(value);
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** A reading in the words of a case file, its items by reference. */
    static JsonNode words(Reading reading) {
        ObjectNode words = JsonNodeFactory.instance
                .objectNode()
                .put("verdict", SpecWords.kebab(reading.verdict()))
                .put("reason", reading.reason());
        if (!reading.refusedFields().isEmpty()) {
            ArrayNode refused = words.putArray("refused_fields");
            reading.refusedFields().stream().sorted().forEach(refused::add);
        }
        ArrayNode items = words.putArray("items");
        reading.items().stream()
                .sorted(Comparator.comparing(ItemReading::reference))
                .forEach(item -> items.add(words(item)));
        return words;
    }

    /** What an account told, in the words of a case file. */
    static JsonNode words(BalanceReading reading) {
        ObjectNode words = JsonNodeFactory.instance.objectNode().put("verdict", SpecWords.kebab(reading.verdict()));
        words.put("reason", reading.reason());
        reading.balance().ifPresent(told -> {
            told.remaining().ifPresent(credits -> words.put("remaining", credits));
            told.used().ifPresent(credits -> words.put("used", credits));
        });
        return words;
    }

    private static ObjectNode words(ItemReading item) {
        ObjectNode words = JsonNodeFactory.instance
                .objectNode()
                .put("reference", item.reference())
                .put("outcome", SpecWords.kebab(item.outcome()))
                .put("reason", item.reason())
                .put("credits", item.credits());
        item.jobId().ifPresent(job -> words.put("job", job));
        item.confidence().ifPresent(value -> words.put("confidence", value));
        item.profiles().forEach((entity, profile) -> {
            ObjectNode fields = words.putObject(entity.id());
            profile.values().forEach((field, value) -> fields.set(field.path(), JSON.valueToTree(value)));
        });
        return words;
    }
}
