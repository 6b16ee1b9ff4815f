package io.tributary.merge;

import io.tributary.merge.FieldRule.Action;
import io.tributary.model.EntityKind;
import io.tributary.model.Field;
import io.tributary.model.FieldType;
import io.tributary.model.Profile;
import io.tributary.yaml.Nearest;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How the answers about a subject become the values of its golden record. Immutable and thread-safe; ships to executors.
 *
 * <p>The rules:
 *
 * <ul>
 *   <li>{@code fill-empty}: takes a value where no person typed one;
 *   <li>{@code overwrite}: takes a value wherever an answer has one;
 *   <li>{@code unite}: for lists, the CRM's items followed by those of the best answer that has more;
 *   <li>{@code never}, also {@code never-overwrite}: leaves the field as the CRM has it.
 * </ul>
 *
 * the choice among several answers: {@code most-confident} (the default; equals go by provider order), {@code freshest}
 * or {@code provider-order}; and what an answer must be: {@code agreed}, when another provider must say the same, and
 * {@code above} a confidence, exclusive. A choice or condition alone means {@code fill-empty} with it.
 *
 * <p>Answers are compared and taken in {@linkplain NormalForm normal form}. Where an answer leaves a field out that can be
 * worked out from another of its fields, it offers that for {@code fill-empty}, provided that the rule of that other field
 * would take it.
 *
 * <p>A merge keeps no state: given all answers that history holds, it makes the record anew. So a rule that changes needs
 * no call, and a further answer never makes a value less sure unless the rule says {@code freshest} or
 * {@code provider-order}.
 */
public final class FieldRules implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Titles are taken above this confidence only. */
    public static final double TITLE_ABOVE = 0.8;

    private final EnumMap<Field, FieldRule> rules;
    private final Normaliser normaliser;

    private FieldRules(Map<Field, FieldRule> rules, Normaliser normaliser) {
        this.rules = new EnumMap<>(rules);
        this.normaliser = normaliser;
    }

    /** Fills what is empty, never touches what a person typed. */
    public static FieldRules defaults() {
        return everywhere(FieldRule.of(Action.FILL_EMPTY));
    }

    /** Overwrites when an answer has a value, as the guide does. */
    public static FieldRules guide() {
        return everywhere(FieldRule.of(Action.OVERWRITE));
    }

    private static FieldRules everywhere(FieldRule rule) {
        Map<Field, FieldRule> rules = new EnumMap<>(Field.class);
        Arrays.stream(Field.values()).forEach(field -> rules.put(field, rule));
        rules.put(Field.PERSON_TITLE, rule.withFloor(TITLE_ABOVE));
        return new FieldRules(rules, new Normaliser(EnumSet.allOf(NormalForm.class)));
    }

    /** The same rules, with answers brought into these forms only. */
    public FieldRules normalising(Collection<NormalForm> forms) {
        return new FieldRules(rules, new Normaliser(forms));
    }

    /**
     * Rules that were read, and what is wrong with them.
     *
     * @param rules usable only when there are no faults
     * @param faults one sentence for each, beginning with the field as it was written
     */
    public record Parsed(FieldRules rules, List<String> faults) {
        public Parsed {
            faults = List.copyOf(faults);
        }
    }

    /**
     * Reads rules by field path, such as {@code title: fill-empty above 0.8}. A path that both entities have sets both;
     * {@code person:phone} or {@code company:phone} sets one. A rule replaces all of the base's rule, its floor included.
     *
     * @param base what holds for the fields that are not named
     */
    public static Parsed parse(Map<String, String> written, FieldRules base) {
        Map<Field, FieldRule> rules = new EnumMap<>(base.rules);
        List<String> faults = new ArrayList<>();
        // In this order a path for both entities comes before one for a single entity, which then prevails.
        Map<String, String> ordered = new TreeMap<>(java.util.Comparator.comparing((String name) -> name.contains(":"))
                .thenComparing(name -> name));
        ordered.putAll(written);
        ordered.forEach((name, text) -> {
            List<Field> fields = named(name);
            if (fields.isEmpty()) {
                faults.add(name + ": no field has this name" + Nearest.remedy(name, names(name.contains(":"))));
            }
            FieldRule rule = FieldRule.parse(text, fault -> faults.add(name + ": " + fault));
            for (Field field : fields) {
                if (rule.action() == Action.UNITE && field.type() != FieldType.STRING_LIST) {
                    faults.add(name + ": only lists can be united; write fill-empty or overwrite");
                }
                rules.put(field, rule);
            }
        });
        return new Parsed(new FieldRules(rules, base.normaliser), faults);
    }

    private static List<Field> named(String name) {
        return Arrays.stream(Field.values())
                .filter(field -> field.path().equals(name) || qualified(field).equals(name))
                .toList();
    }

    private static Collection<String> names(boolean qualified) {
        Collection<String> names = new TreeSet<>();
        for (Field field : Field.values()) {
            names.add(qualified ? qualified(field) : field.path());
        }
        return names;
    }

    private static String qualified(Field field) {
        return field.entity().id() + ":" + field.path();
    }

    /** The rule of that field as settings write it. */
    public String rule(Field field) {
        return rules.get(field).text();
    }

    /** All of it in one text: equal texts merge alike. */
    public String text() {
        StringBuilder text = new StringBuilder();
        rules.forEach((field, rule) ->
                text.append(field.name()).append(": ").append(rule.text()).append('\n'));
        return text.append(normaliser.text()).toString();
    }

    /**
     * Makes one golden record. The order of the candidates does not matter, and merging again with the resulting lineage
     * changes nothing, whether or not the values were written back to the CRM in between.
     *
     * @param crm what the CRM holds today
     * @param previousLineage the lineage of the last merge of this record; tells our values from typed ones
     * @param candidates all answers with data about the record's subject; several of one provider are allowed
     * @param waterfall names of providers, first to last
     * @throws IllegalArgumentException if a profile is of the other entity
     */
    public Merged merge(
            EntityKind entity,
            Profile crm,
            Map<Field, FieldLineage> previousLineage,
            List<Candidate> candidates,
            List<String> waterfall) {
        require(entity, crm);
        candidates.forEach(candidate -> require(entity, candidate.profile()));
        Map<Field, Object> values = new EnumMap<>(Field.class);
        Map<Field, FieldLineage> lineage = new EnumMap<>(Field.class);
        Map<Field, List<Loser>> losers = new EnumMap<>(Field.class);
        int filled = 0;
        int replaced = 0;
        for (Field field : Field.of(entity)) {
            FieldRule rule = rules.get(field);
            Object held = crm.values().get(field);
            FieldMerge merge = new FieldMerge(field, held, previousLineage.get(field));
            Contest contest = new Contest(field, rule, offers(field, candidates), waterfall);
            FieldMerge.Result result = contest.best(merge.ownItems())
                    .map(best -> merge.take(rule, best))
                    .orElseGet(merge::keep);
            List<Loser> others = contest.losers(result.lineage());
            if (!others.isEmpty()) {
                losers.put(field, others);
            }
            if (result.value() == null) {
                continue;
            }
            values.put(field, result.value());
            if (result.lineage() != null) {
                lineage.put(field, result.lineage());
            }
            if (held == null) {
                filled++;
            } else if (!held.equals(result.value())) {
                replaced++;
            }
        }
        return new Merged(values, lineage, losers, filled, replaced);
    }

    /** What the answers have for the field; nothing under {@code never}, which keeps what they say out of the record. */
    private List<Offer> offers(Field field, List<Candidate> candidates) {
        if (rules.get(field).action() == Action.NEVER) {
            return List.of();
        }
        List<Offer> offers = new ArrayList<>();
        for (Candidate candidate : candidates) {
            normaliser
                    .said(field, candidate.profile())
                    .map(value -> new Offer(candidate, value, Optional.empty()))
                    .or(() -> derived(field, candidate))
                    .ifPresent(offers::add);
        }
        return offers;
    }

    /** Only what is empty is filled with it: a rule that overwrites takes what answers say. */
    private Optional<Offer> derived(Field field, Candidate candidate) {
        if (rules.get(field).action() != Action.FILL_EMPTY) {
            return Optional.empty();
        }
        Optional<Field> source =
                normaliser.source(field).filter(from -> rules.get(from).accepts(candidate));
        return source.flatMap(candidate.profile()::value)
                .flatMap(value -> normaliser.derived(field, value))
                .map(value -> new Offer(candidate, value, source));
    }

    private static void require(EntityKind entity, Profile profile) {
        if (profile.entity() != entity) {
            throw new IllegalArgumentException(
                    "a " + profile.entity().id() + " cannot be merged into a " + entity.id());
        }
    }
}
