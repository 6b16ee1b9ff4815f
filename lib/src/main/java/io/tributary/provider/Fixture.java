package io.tributary.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.model.Identifiers;
import io.tributary.model.Identifiers.Input;
import io.tributary.model.KeyKind;
import io.tributary.model.LookupKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * One fact about a provider, from a file of its own: what is asked, what must be sent, what comes, and what must be
 * understood. See {@code conf/fixtures/README.md}.
 */
record Fixture(String provider, String operation, String name, JsonNode content) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> KEYS = new TreeSet<>(List.of("asks", "fact", "reading", "reply", "request"));

    Fixture {
        Set<String> keys = new TreeSet<>();
        content.fieldNames().forEachRemaining(keys::add);
        if (!keys.equals(KEYS)) {
            throw new IllegalArgumentException(name + " must have exactly " + KEYS + ", but has " + keys);
        }
    }

    /**
     * The facts of all providers.
     *
     * @param folder with a folder for each provider
     */
    static List<Fixture> all(Path folder) {
        return folders(folder).stream()
                .flatMap(provider -> of(folder, provider.getFileName().toString()).stream())
                .toList();
    }

    /** The facts of one provider; none if it has no folder. */
    static List<Fixture> of(Path folder, String provider) {
        List<Fixture> facts = new ArrayList<>();
        for (Path operation : folders(folder.resolve(provider))) {
            for (Path file : children(operation)) {
                facts.add(new Fixture(
                        provider,
                        operation.getFileName().toString(),
                        file.getFileName().toString().replace(".json", ""),
                        json(file)));
            }
        }
        return facts;
    }

    /** What a provider publishes: its windows, its rule for asking again, and the fields that it offers. */
    static JsonNode sheet(Path folder, String provider) {
        return json(folder.resolve(provider).resolve("sheet.json"));
    }

    private static List<Path> folders(Path folder) {
        return children(folder).stream().filter(Files::isDirectory).toList();
    }

    private static List<Path> children(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
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

    /** Whether it is about the account: nobody is asked about. */
    boolean isOfBalance() {
        return content.path("asks").isEmpty();
    }

    /** @throws IllegalArgumentException if the file does not say how the account is asked for */
    BalanceQuery balance(ProviderSpec spec) {
        return spec.balance()
                .orElseThrow(() -> new IllegalArgumentException(
                        "it asks about nobody, but the file of " + provider + " has no 'balance'"));
    }

    List<Ask> asks() {
        List<Ask> asks = new ArrayList<>();
        for (JsonNode ask : content.path("asks")) {
            Map<Input, String> inputs = new HashMap<>();
            ask.properties().forEach(part -> {
                if (!part.getKey().equals("reference") && !part.getKey().equals("job")) {
                    inputs.put(
                            Input.valueOf(part.getKey().toUpperCase(Locale.ROOT)),
                            part.getValue().asText());
                }
            });
            String reference = ask.path("reference").asText();
            Optional<Pending> pending =
                    Optional.ofNullable(ask.path("job").textValue()).map(job -> new Pending(operation, job));
            asks.add(new Ask(reference, new LookupKey(KeyKind.EMAIL, reference), new Identifiers(inputs), 0, pending));
        }
        return asks;
    }

    /**
     * What is asked: the operation, or where the asks name a job, how that job is asked for.
     *
     * @throws IllegalArgumentException if the file has no such operation, or no way to ask for jobs
     */
    Operation operation(ProviderSpec spec) {
        Optional<Pending> pending = asks().get(0).pending();
        Optional<Operation> found = pending.isPresent()
                ? spec.resumption(pending.get())
                : Optional.ofNullable(spec.described().get(operation));
        return found.orElseThrow(() -> new IllegalArgumentException("the file of " + provider + " has no "
                + (pending.isPresent() ? "way to fetch what is pending of " : "operation ") + operation));
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
}
