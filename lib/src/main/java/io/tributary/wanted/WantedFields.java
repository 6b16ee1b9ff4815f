package io.tributary.wanted;

import io.tributary.model.EntityKind;
import io.tributary.model.Field;
import io.tributary.model.Profile;
import io.tributary.yaml.Nearest;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/**
 * The fields for which providers are asked, each with what a value must be to count. What is left of them after an answer
 * is such a value again, so one type says what is wanted and what is still missing. Immutable and thread-safe; ships to
 * executors.
 */
public final class WantedFields implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Nothing in particular: a match is enough, whatever it holds. */
    public static final WantedFields NOTHING = new WantedFields(Map.of());

    private final EnumMap<Field, AcceptanceRule> rules;

    private WantedFields(Map<Field, AcceptanceRule> rules) {
        this.rules = new EnumMap<>(Field.class);
        this.rules.putAll(rules);
    }

    /**
     * Rules that were read, and what is wrong with them.
     *
     * @param wanted usable only when there are no faults
     * @param faults one sentence for each, beginning with the field as it was written
     */
    public record Parsed(WantedFields wanted, List<String> faults) {
        public Parsed {
            faults = List.copyOf(faults);
        }
    }

    /** Reads rules by field path, such as {@code title: above 0.8 max-age 180d}. */
    public static Parsed parse(EntityKind entity, Map<String, String> written) {
        Map<Field, AcceptanceRule> rules = new EnumMap<>(Field.class);
        List<String> faults = new ArrayList<>();
        written.forEach((path, text) -> {
            AcceptanceRule rule = AcceptanceRule.parse(text, fault -> faults.add(path + ": " + fault));
            Field.at(entity, path)
                    .ifPresentOrElse(
                            field -> rules.put(field, rule),
                            () -> faults.add(path + ": no field of a " + entity.id() + " has this name"
                                    + Nearest.remedy(path, paths(Field.of(entity)))));
            if (rule.line() != null && !path.equals(Field.PERSON_PHONE.path())) {
                faults.add(path + ": 'type' is for phone numbers only; leave it out");
            }
        });
        return new Parsed(new WantedFields(rules), faults);
    }

    /**
     * Some fields by their paths, each with the rule that it has among the usual ones, or with any value.
     *
     * @param paths a path means the field of that name of each of the entities that has one
     * @throws IllegalArgumentException if one is the path of no field of them; the message lists all that are
     */
    public static WantedFields named(Collection<String> paths, Collection<EntityKind> entities, WantedFields usual) {
        Map<Field, AcceptanceRule> rules = new EnumMap<>(Field.class);
        for (String path : paths) {
            List<Field> meant = entities.stream()
                    .flatMap(entity -> Field.at(entity, path).stream())
                    .toList();
            if (meant.isEmpty()) {
                List<String> known = entities.stream()
                        .flatMap(entity -> paths(Field.of(entity)).stream())
                        .distinct()
                        .toList();
                throw new IllegalArgumentException(
                        "no field is called " + path + "; known here: " + String.join(", ", known));
            }
            meant.forEach(field -> rules.put(field, usual.rules.getOrDefault(field, AcceptanceRule.ANY)));
        }
        return new WantedFields(rules);
    }

    /** These and others; where both have a field, the other's rule holds. */
    public WantedFields and(WantedFields others) {
        Map<Field, AcceptanceRule> all = new EnumMap<>(rules);
        all.putAll(others.rules);
        return new WantedFields(all);
    }

    /** What is wanted of one entity. */
    public WantedFields of(EntityKind entity) {
        return where((field, rule) -> field.entity() == entity);
    }

    /** Those of them that have one of these paths. */
    public WantedFields only(Collection<String> paths) {
        return where((field, rule) -> paths.contains(field.path()));
    }

    public boolean isEmpty() {
        return rules.isEmpty();
    }

    public Set<Field> fields() {
        return Collections.unmodifiableSet(rules.keySet());
    }

    /** The paths of the fields, in the order of the model. */
    public List<String> paths() {
        return paths(rules.keySet());
    }

    /** Whether one of these fields is among them. */
    public boolean anyOf(Set<Field> fields) {
        return !Collections.disjoint(rules.keySet(), fields);
    }

    /**
     * What is still missing after an answer that came just now: it is as new as can be had, whatever a rule says on age.
     *
     * @param confidence 0 to 1; NaN where none was stated
     */
    public WantedFields after(Profile profile, double confidence) {
        return where((field, rule) -> profile.value(field)
                .filter(value -> rule.accepts(value, confidence))
                .isEmpty());
    }

    /**
     * What is missing of all that history holds. The order of the answers does not matter. A field with a bound on age
     * counts for so long, whether shorter or longer than its provider's answers do; every other as long as these.
     */
    public WantedFields missing(Collection<Held> held, Instant asOf) {
        return where((field, rule) -> held.stream()
                .noneMatch(one -> accepts(field, rule, one)
                        && (rule.maxAge() == null ? one.fresh() : !rule.isTooOld(one.fetchedAt(), asOf))));
    }

    /** The fields that this answer holds and that would count if it were younger: its provider may be asked again for them. */
    public WantedFields tooOld(Held held, Instant asOf) {
        return where((field, rule) -> accepts(field, rule, held) && rule.isTooOld(held.fetchedAt(), asOf));
    }

    private static boolean accepts(Field field, AcceptanceRule rule, Held held) {
        return held.profile()
                .value(field)
                .filter(value -> rule.accepts(value, held.confidence()))
                .isPresent();
    }

    private WantedFields where(BiPredicate<Field, AcceptanceRule> keeps) {
        Map<Field, AcceptanceRule> kept = new EnumMap<>(rules);
        kept.entrySet().removeIf(entry -> !keeps.test(entry.getKey(), entry.getValue()));
        return kept.size() == rules.size() ? this : new WantedFields(kept);
    }

    /** The rule of a wanted field as settings write it. */
    public String rule(Field field) {
        return rules.get(field).text();
    }

    /** How long fields count that have a bound of their own. */
    public Set<Duration> ages() {
        return rules.values().stream()
                .map(AcceptanceRule::maxAge)
                .filter(Objects::nonNull)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Why a key is not satisfied: {@code missing: phone, title}. */
    public String reason() {
        return "missing: " + String.join(", ", paths());
    }

    private static List<String> paths(Collection<Field> fields) {
        return fields.stream().map(Field::path).collect(Collectors.toList());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WantedFields that && rules.equals(that.rules);
    }

    @Override
    public int hashCode() {
        return rules.hashCode();
    }

    @Override
    public String toString() {
        return rules.keySet().toString();
    }
}
