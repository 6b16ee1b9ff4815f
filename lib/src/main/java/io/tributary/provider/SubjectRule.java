package io.tributary.provider;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.model.EntityKind;
import io.tributary.model.Field;
import io.tributary.model.LookupKey;
import io.tributary.model.Outcome;
import io.tributary.model.Profile;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How one subject is read from a response, or from one item of a batch: whether it is a match, what it says, how sure it
 * is. What is neither a match nor a miss that the file describes is nothing that we understand: its outcome is unknown,
 * because it may have been bought.
 *
 * @param place where the subject lies
 * @param match one of these must hold in the subject for a match; without any, every subject that says something is one
 * @param miss one of these must hold in the response, or in the batch's item, for a miss that comes with a 200
 * @param agrees what a match must state of the subject that was asked about
 * @param rules rules about the subject, in order; the first that holds decides
 * @param fields what is read, by entity
 * @param complete the fields without which a match is only partial
 * @param also when what is read of another entity is an answer about that one too
 * @param placeholders texts that stand for no value, lower case
 */
record SubjectRule(
        EntityKind entity,
        NodePath place,
        List<Condition> match,
        List<Condition> miss,
        Identity agrees,
        List<Rule> rules,
        Map<EntityKind, List<FieldMapping>> fields,
        Set<Field> complete,
        AlsoAnswers also,
        ConfidenceRule confidence,
        CreditRules credits,
        Set<String> placeholders) {

    /**
     * What an item says of an ask. A match of somebody else costs what it costs, and is not what was asked for.
     *
     * @param bodyPath where {@code item} lies in the response
     */
    ItemReading read(Ask ask, JsonNode item, String bodyPath) {
        ItemReading read = read(ask.reference(), item, bodyPath);
        boolean another =
                read.outcome().hasData() && !agrees.fits(ask, place.find(item)).orElse(true);
        return another
                ? without(ask.reference(), Outcome.NOT_FOUND, "another_subject", bodyPath)
                        .costing(read.credits())
                : read;
    }

    private ItemReading read(String reference, JsonNode item, String bodyPath) {
        JsonNode subject = place.find(item);
        Optional<Rule> ruled = ruled(subject).filter(rule -> rule.outcome().isPresent());
        if (ruled.isPresent()) {
            return without(
                    reference, ruled.get().outcome().orElseThrow(), ruled.get().reason(), bodyPath);
        }
        Map<EntityKind, Profile> profiles = profiles(subject);
        if (matches(subject) && profiles.containsKey(entity)) {
            Outcome outcome =
                    profiles.get(entity).values().keySet().containsAll(complete) ? Outcome.MATCHED : Outcome.PARTIAL;
            return with(reference, outcome, "", subject, profiles, bodyPath);
        }
        if (!misses(item)) {
            return without(reference, Outcome.UNKNOWN, "unrecognised", bodyPath);
        }
        profiles.remove(entity);
        return profiles.isEmpty()
                ? without(reference, Outcome.NOT_FOUND, "no_match", bodyPath)
                : with(reference, Outcome.NOT_FOUND, "no_match", subject, profiles, bodyPath);
    }

    /** The fields of the entity that are read. */
    Set<Field> brings() {
        return fields.getOrDefault(entity, List.of()).stream()
                .map(FieldMapping::field)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The rule by which an item is no answer at all: it failed, or the credits did not reach it. */
    Optional<Rule> unanswered(JsonNode item) {
        return ruled(place.find(item)).filter(rule -> rule.verdict().isPresent());
    }

    /** Whether {@link #read} would understand this. */
    boolean recognises(JsonNode item) {
        JsonNode subject = place.find(item);
        return ruled(subject).isPresent()
                || misses(item)
                || matches(subject) && profiles(subject).containsKey(entity);
    }

    /** The same subject at another place, with other signs of a miss. */
    SubjectRule at(NodePath other, List<Condition> otherMiss) {
        return new SubjectRule(
                entity,
                other,
                match,
                otherMiss,
                agrees,
                rules,
                fields,
                complete,
                also,
                confidence,
                credits,
                placeholders);
    }

    /** A reading without data. */
    ItemReading without(String reference, Outcome outcome, String reason, String bodyPath) {
        return new ItemReading(
                reference,
                outcome,
                reason,
                credits.of(outcome, Set.of()),
                OptionalDouble.empty(),
                Map.of(),
                List.of(),
                Optional.empty(),
                bodyPath);
    }

    private ItemReading with(
            String reference,
            Outcome outcome,
            String reason,
            JsonNode subject,
            Map<EntityKind, Profile> profiles,
            String bodyPath) {
        return new ItemReading(
                reference,
                outcome,
                reason,
                credits.of(outcome, profiles.keySet()),
                OptionalDouble.of(confidence.of(subject)),
                profiles,
                also(profiles),
                Optional.empty(),
                bodyPath);
    }

    private List<LookupKey> also(Map<EntityKind, Profile> profiles) {
        return profiles.values().stream()
                .filter(profile -> profile.entity() != entity)
                .flatMap(profile -> also.key(profile).stream())
                .toList();
    }

    private Optional<Rule> ruled(JsonNode subject) {
        return rules.stream().filter(rule -> rule.when().bodyHolds(subject)).findFirst();
    }

    private boolean matches(JsonNode subject) {
        return subject.isObject()
                && (match.isEmpty() || match.stream().anyMatch(condition -> condition.bodyHolds(subject)));
    }

    private boolean misses(JsonNode item) {
        return miss.stream().anyMatch(condition -> condition.bodyHolds(item));
    }

    private Map<EntityKind, Profile> profiles(JsonNode subject) {
        Map<EntityKind, Profile> profiles = new EnumMap<>(EntityKind.class);
        fields.forEach((kind, mappings) -> {
            Map<Field, Object> values = new EnumMap<>(Field.class);
            mappings.forEach(mapping ->
                    mapping.value(subject, placeholders).ifPresent(value -> values.put(mapping.field(), value)));
            Profile profile = Profile.of(kind, values);
            if (!profile.isEmpty()) {
                profiles.put(kind, profile);
            }
        });
        return profiles;
    }
}
