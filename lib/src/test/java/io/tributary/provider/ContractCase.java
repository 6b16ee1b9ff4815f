package io.tributary.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.model.Identifiers;
import io.tributary.model.Identifiers.Input;
import io.tributary.model.KeyKind;
import io.tributary.model.LookupKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** One fact about a provider, from its file: what is asked, what is sent, what comes, and what must be understood. */
record ContractCase(String provider, String operation, String name, JsonNode content) {
    private static final Path FOLDER = Path.of("src/test/resources/providers");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> KEYS = new TreeSet<>(List.of("asks", "fact", "reading", "reply", "request"));

    ContractCase {
        Set<String> keys = new TreeSet<>();
        content.fieldNames().forEachRemaining(keys::add);
        if (!keys.equals(KEYS)) {
            throw new IllegalArgumentException(name + " must have exactly " + KEYS + ", but has " + keys);
        }
    }

    static List<ContractCase> all() {
        List<ContractCase> cases = new ArrayList<>();
        for (Path provider : folders(FOLDER)) {
            for (Path operation : folders(provider)) {
                for (Path file : children(operation)) {
                    cases.add(new ContractCase(
                            provider.getFileName().toString(),
                            operation.getFileName().toString(),
                            file.getFileName().toString().replace(".json", ""),
                            json(file)));
                }
            }
        }
        return cases;
    }

    /** What a provider publishes: its windows, its rule for asking again, and the fields that it offers. */
    static JsonNode sheet(String provider) {
        return json(FOLDER.resolve(provider).resolve("sheet.json"));
    }

    private static List<Path> folders(Path folder) {
        return children(folder).stream().filter(Files::isDirectory).toList();
    }

    private static List<Path> children(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode json(Path file) {
        try {
            return JSON.readTree(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    String id() {
        return provider + "/" + operation + "/" + name;
    }

    List<Ask> asks() {
        List<Ask> asks = new ArrayList<>();
        for (JsonNode ask : content.path("asks")) {
            Map<Input, String> inputs = new HashMap<>();
            ask.properties().forEach(part -> {
                if (!part.getKey().equals("reference")) {
                    inputs.put(
                            Input.valueOf(part.getKey().toUpperCase(Locale.ROOT)),
                            part.getValue().asText());
                }
            });
            String reference = ask.path("reference").asText();
            asks.add(new Ask(reference, new LookupKey(KeyKind.EMAIL, reference), new Identifiers(inputs), 0));
        }
        return asks;
    }

    HttpAnswer reply() {
        JsonNode reply = content.path("reply");
        String body = reply.has("text")
                ? reply.path("text").asText()
                : reply.path("body").toString();
        Map<String, List<String>> headers = new HashMap<>();
        reply.path("headers")
                .properties()
                .forEach(one -> headers.put(one.getKey(), List.of(one.getValue().asText())));
        return new HttpAnswer(reply.path("status").asInt(), headers, body.getBytes(StandardCharsets.UTF_8));
    }

    JsonNode expectedRequest() {
        return content.path("request");
    }

    JsonNode expectedReading() {
        return content.path("reading");
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
                query.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        ObjectNode headers = words.putObject("headers");
        call.headers().forEach(headers::put);
        if (call.body().length > 0) {
            try {
                words.set("body", JSON.readTree(call.body()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return words;
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
        var items = words.putArray("items");
        reading.items().stream()
                .sorted(Comparator.comparing(ItemReading::reference))
                .forEach(item -> items.add(words(item)));
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
