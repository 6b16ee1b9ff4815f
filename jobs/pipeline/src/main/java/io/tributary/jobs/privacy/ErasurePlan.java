package io.tributary.jobs.privacy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.privacy.Traces;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Whom one erasure takes out, and what is theirs. Kept as a file of the lake until all is done, because once the first table is
 * done nothing else could tell. The text form names nobody.
 *
 * @param id of the erasure
 * @param requestHash SHA-256 over the hashes of what was asked for
 * @param identifiers by how many identifiers people were named
 * @param records their CRM records, {@code crm/object/id}
 * @param traces their keys and names
 * @param suppressed hashes that keep them out from now on
 * @param counts what is to be taken out, by table
 */
public record ErasurePlan(
        String id,
        String requestHash,
        Instant requestedAt,
        long identifiers,
        Set<String> records,
        Traces traces,
        Set<String> suppressed,
        Map<String, Long> counts) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public ErasurePlan {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(requestHash, "requestHash");
        Objects.requireNonNull(requestedAt, "requestedAt");
        records = Set.copyOf(records);
        suppressed = Set.copyOf(suppressed);
        counts = Map.copyOf(counts);
    }

    String text() {
        ObjectNode node = JSON.createObjectNode()
                .put("id", id)
                .put("request_hash", requestHash)
                .put("requested_at", requestedAt.toString())
                .put("identifiers", identifiers);
        put(node, "records", records);
        put(node, "keys", traces.keys());
        put(node, "names", traces.names());
        put(node, "suppressed", suppressed);
        new TreeMap<>(counts).forEach(node.putObject("counts")::put);
        return node.toString();
    }

    private static void put(ObjectNode node, String name, Collection<String> texts) {
        new TreeSet<>(texts).forEach(node.putArray(name)::add);
    }

    /** Reads what {@link #text()} wrote; empty if it was cut off, and then nothing was begun. */
    static Optional<ErasurePlan> parse(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            Map<String, Long> counts = new TreeMap<>();
            node.path("counts")
                    .properties()
                    .forEach(each -> counts.put(each.getKey(), each.getValue().asLong()));
            return Optional.of(new ErasurePlan(
                    node.path("id").asText(),
                    node.path("request_hash").asText(),
                    Instant.parse(node.path("requested_at").asText()),
                    node.path("identifiers").asLong(),
                    texts(node, "records"),
                    new Traces(texts(node, "keys"), texts(node, "names")),
                    texts(node, "suppressed"),
                    counts));
        } catch (JsonProcessingException | DateTimeException cutOff) {
            return Optional.empty();
        }
    }

    private static Set<String> texts(JsonNode node, String name) {
        Set<String> texts = new TreeSet<>();
        node.path(name).forEach(each -> texts.add(each.asText()));
        return texts;
    }

    @Override
    public String toString() {
        return "erasure " + id;
    }
}
