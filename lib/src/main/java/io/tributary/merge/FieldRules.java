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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How the answers about a subject become the values of its golden record. Immutable and thread-safe; ships to executors.
 *
 * <p>The rules, each with an optional {@code above} confidence, exclusive:
 *
 * <ul>
 *   <li>{@code fill-empty}: takes a value where no person typed one;
 *   <li>{@code overwrite}: takes a value wherever an answer has one;
 *   <li>{@code unite}: for lists, the CRM's items followed by those of the best answer;
 *   <li>{@code never}, also {@code never-overwrite}: leaves the field as the CRM has it.
 * </ul>
 *
 * and the choice among several answers: {@code provider-order} (the default), {@code freshest} or {@code most-confident}.
 * A choice alone means {@code fill-empty} with it.
 *
 * <p>A merge keeps no state: given all answers that history holds, it makes the record anew. It follows that a field's
 * confidence sinks only where the rule prefers the less confident answer.
 */
public final class FieldRules implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Titles are taken above this confidence only. */
    public static final double TITLE_ABOVE = 0.8;

    private final EnumMap<Field, FieldRule> rules;

    private FieldRules(Map<Field, FieldRule> rules) {
        this.rules = new EnumMap<>(rules);
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
        return new FieldRules(rules);
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
        return new Parsed(new FieldRules(rules), faults);
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
        int filled = 0;
        int replaced = 0;
        for (Field field : Field.of(entity)) {
            FieldRule rule = rules.get(field);
            Candidate best = candidates.stream()
                    .filter(candidate -> rule.accepts(candidate)
                            && candidate.profile().values().containsKey(field))
                    .min(rule.order(waterfall))
                    .orElse(null);
            Object held = crm.values().get(field);
            FieldMerge merge = new FieldMerge(field, held, previousLineage.get(field));
            FieldMerge.Result result = best == null ? merge.keep() : merge.take(rule, best);
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
        return new Merged(values, lineage, filled, replaced);
    }

    private static void require(EntityKind entity, Profile profile) {
        if (profile.entity() != entity) {
            throw new IllegalArgumentException(
                    "a " + profile.entity().id() + " cannot be merged into a " + entity.id());
        }
    }
}
