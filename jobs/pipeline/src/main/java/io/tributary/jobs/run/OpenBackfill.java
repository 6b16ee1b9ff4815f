package io.tributary.jobs.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.model.EntityKind;
import io.tributary.wanted.WantedFields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/**
 * A backfill that is not at its end, as it is written down so that somebody can go on with it. It names nobody: its keys are on
 * its {@link ChunkList}. Immutable.
 *
 * @param keys how many are on its list
 * @param size keys of a chunk; the last may have fewer
 * @param next the first chunk that is not done, from 1
 * @param deferred the first of the chunks that are done of which keys were deferred; 0 if there is none
 * @param runs those that asked for it so far: what they spent is spent
 */
record OpenBackfill(String id, BackfillTerms terms, long keys, int size, int next, int deferred, List<String> runs) {
    private static final ObjectMapper JSON = new ObjectMapper();

    OpenBackfill {
        runs = List.copyOf(runs);
        if (keys < 0 || size < 1 || next < 1 || deferred < 0) {
            throw new IllegalArgumentException(keys + " keys in chunks of " + size + ", from chunk " + next);
        }
    }

    int chunks() {
        return (int) Math.max(1, (keys + size - 1) / size);
    }

    boolean isThrough() {
        return next > chunks();
    }

    /** How many keys are in the chunks before the next one. */
    long keysBefore() {
        return Math.min(keys, (long) (next - 1) * size);
    }

    /** The same while that run asks for it. */
    OpenBackfill askedBy(String runId) {
        List<String> more = new ArrayList<>(new LinkedHashSet<>(runs));
        more.add(runId);
        return new OpenBackfill(id, terms, keys, size, next, deferred, more);
    }

    /**
     * The same with more chunks done.
     *
     * @param last of them
     * @param deferring whether keys of them were deferred
     */
    OpenBackfill done(int last, boolean deferring) {
        return new OpenBackfill(id, terms, keys, size, last + 1, deferred == 0 && deferring ? next : deferred, runs);
    }

    /** To be begun again where keys were deferred. */
    OpenBackfill again() {
        return new OpenBackfill(id, terms, keys, size, deferred, 0, runs);
    }

    String text() {
        ObjectNode node = JSON.createObjectNode()
                .put("id", id)
                .put("keys", keys)
                .put("size", size)
                .put("next", next)
                .put("deferred", deferred)
                .put("force", terms.force());
        terms.maxCredits().ifPresent(credits -> node.put("max_credits", credits));
        new TreeSet<>(terms.providers()).forEach(node.putArray("providers")::add);
        runs.forEach(node.putArray("runs")::add);
        ObjectNode wants = node.putObject("wants");
        for (EntityKind entity : EntityKind.values()) {
            WantedFields fields = terms.wants().of(entity);
            ObjectNode rules = wants.putObject(entity.id());
            fields.fields().forEach(field -> rules.put(field.path(), fields.rule(field)));
        }
        return node.toString();
    }

    /** @throws IllegalArgumentException if it is no text of {@link #text} */
    static OpenBackfill parse(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            Set<String> providers = new TreeSet<>();
            node.path("providers").forEach(each -> providers.add(each.asText()));
            List<String> runs = new ArrayList<>();
            node.path("runs").forEach(each -> runs.add(each.asText()));
            WantedFields wants = WantedFields.NOTHING;
            for (EntityKind entity : EntityKind.values()) {
                Map<String, String> rules = new LinkedHashMap<>();
                node.path("wants")
                        .path(entity.id())
                        .properties()
                        .forEach(
                                each -> rules.put(each.getKey(), each.getValue().asText()));
                wants = wants.and(WantedFields.parse(entity, rules).wanted());
            }
            return new OpenBackfill(
                    node.path("id").asText(),
                    new BackfillTerms(
                            providers,
                            wants,
                            node.has("max_credits")
                                    ? OptionalDouble.of(node.path("max_credits").asDouble())
                                    : OptionalDouble.empty(),
                            node.path("force").asBoolean()),
                    node.path("keys").asLong(),
                    node.path("size").asInt(),
                    node.path("next").asInt(),
                    node.path("deferred").asInt(),
                    runs);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("what is written down of a backfill can't be read", e);
        }
    }
}
