package io.tributary.provider;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.model.EntityKind;
import io.tributary.model.Field;
import io.tributary.model.Outcome;
import io.tributary.model.Profile;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * How one subject is read from its node: whether it is a match, what it says, how sure it is.
 *
 * @param match must hold for a match
 * @param rules item-level rules, in order; the first that holds decides
 * @param fields what is read, by entity
 * @param complete the fields without which a match is only partial
 * @param placeholders texts that stand for no value, lower case
 */
record SubjectRule(
        EntityKind entity,
        Condition match,
        List<Rule> rules,
        Map<EntityKind, List<FieldMapping>> fields,
        Set<Field> complete,
        ConfidenceRule confidence,
        CreditRules credits,
        Set<String> placeholders) {

    ItemReading read(String reference, JsonNode node, String bodyPath) {
        for (Rule rule : rules) {
            if (rule.when().bodyHolds(node) && rule.outcome().isPresent()) {
                return without(reference, rule, bodyPath);
            }
        }
        Map<EntityKind, Profile> profiles = profiles(node);
        boolean matches = node.isObject() && match.bodyHolds(node) && profiles.containsKey(entity);
        if (!matches) {
            profiles.remove(entity);
            return new ItemReading(
                    reference,
                    Outcome.NOT_FOUND,
                    "no_match",
                    credits.of(Outcome.NOT_FOUND),
                    profiles.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(confidence.of(node)),
                    profiles,
                    Optional.empty(),
                    bodyPath);
        }
        Outcome outcome =
                profiles.get(entity).values().keySet().containsAll(complete) ? Outcome.MATCHED : Outcome.PARTIAL;
        return new ItemReading(
                reference,
                outcome,
                "",
                credits.of(outcome),
                OptionalDouble.of(confidence.of(node)),
                profiles,
                Optional.empty(),
                bodyPath);
    }

    /** A reading without data. */
    ItemReading without(String reference, Rule rule, String bodyPath) {
        return new ItemReading(
                reference,
                rule.outcome().orElseThrow(),
                rule.reason(),
                credits.of(rule.outcome().orElseThrow()),
                OptionalDouble.empty(),
                Map.of(),
                Optional.empty(),
                bodyPath);
    }

    private Map<EntityKind, Profile> profiles(JsonNode node) {
        Map<EntityKind, Profile> profiles = new EnumMap<>(EntityKind.class);
        fields.forEach((kind, mappings) -> {
            Map<Field, Object> values = new EnumMap<>(Field.class);
            mappings.forEach(mapping ->
                    mapping.value(node, placeholders).ifPresent(value -> values.put(mapping.field(), value)));
            Profile profile = Profile.of(kind, values);
            if (!profile.isEmpty()) {
                profiles.put(kind, profile);
            }
        });
        return profiles;
    }
}
