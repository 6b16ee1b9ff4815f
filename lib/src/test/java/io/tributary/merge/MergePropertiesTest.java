package io.tributary.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.model.Field;
import io.tributary.model.FieldType;
import io.tributary.model.Profile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What a merge promises, over {@value #WORLDS} records with their answers and rules each. A failure names its seed: {@code
 * new MergeWorld(seed, …)} makes the same world again.
 */
class MergePropertiesTest {
    private static final int WORLDS = 10_000;
    private static final List<String> ACTIONS = List.of("fill-empty", "fill-empty", "overwrite", "unite", "never");
    private static final List<String> GENTLE = List.of("fill-empty", "unite", "never");
    private static final List<String> CHOICES = List.of("", " most-confident", " freshest", " provider-order");
    private static final List<String> SUREST = List.of("", " most-confident");

    private interface Law {
        void holdsIn(MergeWorld world);
    }

    private static void everywhere(List<String> actions, List<String> choices, Law law) {
        for (long seed = 0; seed < WORLDS; seed++) {
            MergeWorld world = new MergeWorld(seed, actions, choices);
            try {
                law.holdsIn(world);
            } catch (AssertionError | RuntimeException broken) {
                throw new AssertionError("seed " + seed + ": " + broken.getMessage(), broken);
            }
        }
    }

    private static Merged merge(
            MergeWorld world, FieldRules rules, Profile crm, Map<Field, FieldLineage> before, List<Candidate> answers) {
        return rules.merge(world.entity, crm, before, answers, MergeWorld.WATERFALL);
    }

    /** What history hands to a merge: the newest answer of each provider. */
    private static List<Candidate> newest(Collection<Candidate> history) {
        Map<String, Candidate> newest = new HashMap<>();
        history.forEach(answer -> newest.merge(
                answer.provider(), answer, (one, other) -> other.fetchedAt().isBefore(one.fetchedAt()) ? one : other));
        return List.copyOf(newest.values());
    }

    /** A record after some nights; by chance the CRM took the golden values over after each. */
    private record Past(Profile crm, Map<Field, FieldLineage> lineage, List<Candidate> history) {
        static Past of(MergeWorld world) {
            Past past = new Past(world.crm, Map.of(), List.of());
            for (int night = 0; night < world.random().nextInt(4); night++) {
                List<Candidate> history = new ArrayList<>(past.history);
                history.addAll(world.night(night));
                Merged merged = merge(world, world.rules, past.crm, past.lineage, newest(history));
                Profile crm = world.chance(0.5) ? Profile.of(world.entity, merged.values()) : past.crm;
                past = new Past(crm, merged.lineage(), history);
            }
            return past;
        }

        List<Candidate> and(List<Candidate> tonight) {
            List<Candidate> all = new ArrayList<>(history);
            all.addAll(tonight);
            return all;
        }
    }

    @Test
    void mergingAgainChangesNothingWhetherOrNotValuesWereWrittenBack() {
        everywhere(ACTIONS, CHOICES, world -> {
            Past past = Past.of(world);
            List<Candidate> answers = newest(past.and(world.night(5)));
            Merged once = merge(world, world.rules, past.crm, past.lineage, answers);
            assertEquals(once, merge(world, world.rules, past.crm, once.lineage(), answers));
            assertEquals(
                    new Merged(once.values(), once.lineage(), once.losers(), 0, 0),
                    merge(world, world.rules, Profile.of(world.entity, once.values()), once.lineage(), answers));
        });
    }

    @Test
    void theOrderInWhichIndependentAnswersArriveDoesNotMatter() {
        everywhere(ACTIONS, CHOICES, world -> {
            List<Candidate> answers = new ArrayList<>(world.night(0));
            Merged atOnce = merge(world, world.rules, world.crm, Map.of(), answers);
            Collections.shuffle(answers, world.random());
            boolean writtenBack = world.chance(0.5);
            Profile crm = world.crm;
            Merged merged = merge(world, world.rules, crm, Map.of(), List.of());
            for (int arrived = 1; arrived <= answers.size(); arrived++) {
                merged = merge(world, world.rules, crm, merged.lineage(), answers.subList(0, arrived));
                crm = writtenBack ? Profile.of(world.entity, merged.values()) : crm;
            }
            if (writtenBack) {
                assertEquals(scalars(atOnce), scalars(merged));
            } else {
                assertEquals(atOnce, merged);
            }
        });
    }

    /** Lists only grow once the CRM holds them, so what stood in between stays in them. */
    private static Map<Field, Object> scalars(Merged merged) {
        Map<Field, Object> scalars = new HashMap<>(merged.values());
        scalars.keySet().removeIf(field -> field.type() == FieldType.STRING_LIST);
        return scalars;
    }

    @Test
    void noFurtherAnswerMakesAFilledFieldLessSureUnlessTheRuleOrdersOtherwise() {
        everywhere(ACTIONS, SUREST, world -> {
            Past past = Past.of(world);
            List<Candidate> some = newest(past.history);
            Merged before = merge(world, world.rules, past.crm, past.lineage, some);
            Profile crm = world.chance(0.5) ? Profile.of(world.entity, before.values()) : past.crm;
            Set<String> asked = new HashSet<>();
            some.forEach(answer -> asked.add(answer.provider()));
            List<Candidate> more = new ArrayList<>(some);
            world.night(5).stream()
                    .filter(answer -> !asked.contains(answer.provider()))
                    .forEach(more::add);

            Merged after = merge(world, world.rules, crm, before.lineage(), more);

            before.lineage().forEach((field, from) -> {
                boolean stillSaid =
                        some.stream().anyMatch(answer -> answer.responseId().equals(from.responseId()));
                boolean theCrmIsRight = world.rules.rule(field).startsWith("overwrite")
                        && !after.lineage().containsKey(field)
                        && Objects.equals(
                                crm.values().get(field), after.values().get(field));
                // What agreed when it was taken, and was written back since, may be borne out by nobody any more.
                boolean kept = world.rules.rule(field).contains("agreed") && from.equals(past.lineage.get(field));
                if (stillSaid && !theCrmIsRight && !kept) {
                    assertTrue(after.lineage().containsKey(field), () -> field + " lost its origin");
                    assertTrue(
                            after.lineage().get(field).confidence() >= from.confidence(),
                            () -> field + " sank below " + from.confidence());
                }
            });
        });
    }

    @Test
    void whatAPersonTypedIsNeverLost() {
        everywhere(GENTLE, CHOICES, world -> {
            Past past = Past.of(world);
            Profile crm = past.crm;
            Map<Field, Object> typed = new HashMap<>(world.crm.values());
            for (Field field : Field.of(world.entity)) {
                if (world.chance(0.2)) {
                    typed.put(field, world.typedAnew(field));
                    crm = crm.with(field, typed.get(field));
                }
            }
            Merged merged = merge(world, world.rules, crm, past.lineage, newest(past.and(world.night(5))));
            typed.forEach((field, value) -> {
                Object kept = merged.values().get(field);
                if (world.rules.rule(field).startsWith("unite")) {
                    assertTrue(((List<?>) kept).containsAll((List<?>) value), field::toString);
                } else {
                    assertEquals(value, kept, field::toString);
                }
            });
        });
    }

    @Test
    void evenARuleThatOverwritesKeepsTheTypedValueInTheLineage() {
        everywhere(List.of("overwrite"), CHOICES, world -> {
            Map<Field, FieldLineage> lineage = Map.of();
            List<Candidate> history = new ArrayList<>();
            for (int night = 0; night < 3; night++) {
                history.addAll(world.night(night));
                Merged merged = merge(world, world.rules, world.crm, lineage, newest(history));
                lineage = merged.lineage();
                world.crm.values().forEach((field, typed) -> {
                    if (!typed.equals(merged.values().get(field))) {
                        assertEquals(
                                Optional.of(FieldValues.text(field, typed)),
                                merged.lineage().get(field).previous());
                    }
                });
            }
        });
    }

    @Test
    void lineageLosersAndHistoryDeriveEveryValueAgain() {
        everywhere(ACTIONS, CHOICES, world -> {
            Past past = Past.of(world);
            List<Candidate> history = past.and(world.night(5));
            List<Candidate> answers = newest(history);
            Merged merged = merge(world, world.rules, past.crm, past.lineage, answers);
            Map<String, Profile> byId = new HashMap<>();
            history.forEach(answer -> byId.put(answer.responseId(), answer.profile()));
            merged.values().forEach((field, value) -> {
                FieldLineage from = merged.lineage().get(field);
                if (from == null) {
                    assertEquals(past.crm.values().get(field), value);
                    return;
                }
                assertEquals(value, FieldValues.parse(field, from.value()));
                // What agreed when it was taken, and was written back since, may be borne out by nobody any more.
                boolean kept = from.equals(past.lineage.get(field));
                if (!kept || !(from.rule().contains("agreed") && value instanceof List)) {
                    assertEquals(
                            value,
                            derived(field, from, merged.losers().getOrDefault(field, List.of()), byId),
                            field::toString);
                }
            });
        });
    }

    private static Object derived(Field field, FieldLineage from, List<Loser> losers, Map<String, Profile> byId) {
        Object said =
                MergeWorld.said(field, byId.get(from.responseId()), from.rule().contains(" from "));
        if (said instanceof List<?> items) {
            Set<Object> all = new LinkedHashSet<>();
            if (from.rule().startsWith("unite")) {
                from.previous().ifPresent(text -> all.addAll((List<?>) FieldValues.parse(field, text)));
            }
            all.addAll(from.rule().contains("agreed") ? bornOut(field, items, from, losers) : items);
            return List.copyOf(all);
        }
        return said;
    }

    private static List<?> bornOut(Field field, List<?> items, FieldLineage from, List<Loser> losers) {
        Set<String> others = new HashSet<>();
        losers.stream()
                .filter(loser -> loser.why() != Loser.Why.BELOW_FLOOR
                        && !loser.provider().equals(from.provider()))
                .flatMap(loser -> ((List<?>) FieldValues.parse(field, loser.value())).stream())
                .forEach(item -> others.add(item.toString().toLowerCase(Locale.ROOT)));
        return items.stream()
                .filter(item -> others.contains(item.toString().toLowerCase(Locale.ROOT)))
                .toList();
    }

    @Test
    void everyOfferWonOrIsAmongTheLosers() {
        everywhere(ACTIONS, CHOICES, world -> {
            Past past = Past.of(world);
            List<Candidate> answers = newest(past.and(world.night(5)));
            Merged merged = merge(world, world.rules, past.crm, past.lineage, answers);
            for (Field field : Field.of(world.entity)) {
                Set<String> told = new HashSet<>();
                merged.losers().getOrDefault(field, List.of()).forEach(loser -> told.add(loser.responseId()));
                Optional.ofNullable(merged.lineage().get(field)).ifPresent(from -> told.add(from.responseId()));
                Set<String> offered = new HashSet<>();
                answers.stream()
                        .filter(answer -> Objects.nonNull(MergeWorld.said(field, answer.profile(), false)))
                        .forEach(answer -> offered.add(answer.responseId()));
                if (world.rules.rule(field).equals("never")) {
                    assertEquals(Set.of(), Set.copyOf(merged.losers().getOrDefault(field, List.of())));
                } else {
                    assertTrue(told.containsAll(offered), field::toString);
                }
            }
        });
    }

    @Test
    void aRuleThatChangesMakesOfTheSameAnswersWhatItWouldHaveMadeFromTheStart() {
        everywhere(ACTIONS, CHOICES, world -> {
            List<Candidate> answers = newest(world.night(0));
            FieldRules others = world.rules(ACTIONS, CHOICES);
            Merged before = merge(world, world.rules, world.crm, Map.of(), answers);

            assertEquals(
                    merge(world, others, world.crm, Map.of(), answers),
                    merge(world, others, world.crm, before.lineage(), answers));
        });
    }
}
