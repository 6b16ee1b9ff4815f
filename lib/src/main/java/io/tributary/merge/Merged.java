package io.tributary.merge;

import io.tributary.model.Field;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A golden record's values and their origin. Immutable; the text form shows no values.
 *
 * @param values the known fields in declared order, each with its String, Long or List of String
 * @param lineage the origin of every value that we supplied; a value without one is the CRM's own
 * @param losers what other answers offered for a field and was not taken, best first; fields without any are absent
 * @param filled fields that the CRM holds empty and that have a value here
 * @param replaced fields whose value here differs from the one that the CRM holds
 */
public record Merged(
        Map<Field, Object> values,
        Map<Field, FieldLineage> lineage,
        Map<Field, List<Loser>> losers,
        int filled,
        int replaced) {

    public Merged {
        values = ordered(values);
        lineage = ordered(lineage);
        losers = ordered(losers);
    }

    private static <T> Map<Field, T> ordered(Map<Field, T> map) {
        EnumMap<Field, T> copy = new EnumMap<>(Field.class);
        copy.putAll(map);
        return Collections.unmodifiableMap(copy);
    }

    /** The contributing providers, each once, in the order of the fields that they gave. */
    public List<String> sources() {
        return lineage.values().stream().map(FieldLineage::provider).distinct().toList();
    }

    /** The lowest confidence among the contributing answers. */
    public OptionalDouble confidence() {
        return lineage.values().stream().mapToDouble(FieldLineage::confidence).min();
    }

    /** When the newest contributing answer was fetched. */
    public Optional<Instant> enrichedAt() {
        return lineage.values().stream().map(FieldLineage::fetchedAt).max(Instant::compareTo);
    }

    @Override
    public String toString() {
        return "merged" + values.keySet() + " from " + sources();
    }
}
