package io.tributary.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.model.EntityKind;
import io.tributary.model.Field;
import io.tributary.model.FieldType;
import io.tributary.model.Profile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;

/** Laws over a small world, so that values, times and confidences often collide. */
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE) // they crowd out the rich nights
class FieldRulesLawsTest {
    private static final List<String> WATERFALL = List.of("a", "b");

    /** What one night finds: its rules and answers, and whether the CRM takes the golden values over afterwards. */
    record Night(FieldRules rules, List<Candidate> candidates, boolean writtenBack) {}

    private static Merged merge(Night night, Profile crm, Map<Field, FieldLineage> before) {
        return night.rules.merge(EntityKind.COMPANY, crm, before, night.candidates, WATERFALL);
    }

    private static Profile asCrm(Merged merged) {
        Profile crm = Profile.empty(EntityKind.COMPANY);
        for (Map.Entry<Field, Object> entry : merged.values().entrySet()) {
            crm = crm.with(entry.getKey(), entry.getValue());
        }
        return crm;
    }

    /** The state that earlier nights left behind. */
    private record Past(Profile crm, Map<Field, FieldLineage> lineage) {
        static Past of(Profile start, List<Night> nights) {
            Past past = new Past(start, Map.of());
            for (Night night : nights) {
                Merged merged = merge(night, past.crm, past.lineage);
                past = new Past(night.writtenBack ? asCrm(merged) : past.crm, merged.lineage());
            }
            return past;
        }
    }

    @Property
    void orderOfCandidatesDoesNotMatter(
            @ForAll("crms") Profile start,
            @ForAll("nights") List<Night> nights,
            @ForAll("night") Night tonight,
            @ForAll Random random) {
        Past past = Past.of(start, nights);
        List<Candidate> shuffled = new ArrayList<>(tonight.candidates);
        Collections.shuffle(shuffled, random);
        assertEquals(
                merge(tonight, past.crm, past.lineage),
                merge(new Night(tonight.rules, shuffled, false), past.crm, past.lineage));
    }

    @Property
    void mergingAgainChangesNothing(
            @ForAll("crms") Profile start, @ForAll("nights") List<Night> nights, @ForAll("night") Night tonight) {
        Past past = Past.of(start, nights);
        Merged once = merge(tonight, past.crm, past.lineage);
        assertEquals(once, merge(tonight, past.crm, once.lineage()));
    }

    @Property
    void writingBackChangesNothing(
            @ForAll("crms") Profile start, @ForAll("nights") List<Night> nights, @ForAll("night") Night tonight) {
        Past past = Past.of(start, nights);
        Merged once = merge(tonight, past.crm, past.lineage);
        Merged again = merge(tonight, asCrm(once), once.lineage());
        assertEquals(once.values(), again.values());
        assertEquals(once.lineage(), again.lineage());
        assertEquals(once.losers(), again.losers());
        assertEquals(0, again.filled() + again.replaced());
    }

    @Property
    void typedValuesSurviveEveryRuleButOverwrite(
            @ForAll("crms") Profile typed,
            @ForAll("gentleNights") List<Night> nights,
            @ForAll("gentleNight") Night tonight) {
        Past past = Past.of(typed, nights);
        Merged merged = merge(tonight, past.crm, past.lineage);
        typed.values().forEach((field, value) -> {
            Object kept = merged.values().get(field);
            if (field.type() == FieldType.STRING_LIST) {
                assertTrue(((List<?>) kept).containsAll((List<?>) value));
            } else {
                assertEquals(value, kept);
            }
        });
    }

    @Property
    void noValueOfTheCrmDisappears(
            @ForAll("crms") Profile start, @ForAll("nights") List<Night> nights, @ForAll("night") Night tonight) {
        Past past = Past.of(start, nights);
        Merged merged = merge(tonight, past.crm, past.lineage);
        assertTrue(merged.values().keySet().containsAll(past.crm.values().keySet()));
        merged.values().forEach((field, value) -> {
            if (!merged.lineage().containsKey(field)) {
                assertEquals(past.crm.values().get(field), value);
            }
        });
    }

    @Property
    void lineageDerivesTheValueAgain(
            @ForAll("crms") Profile start, @ForAll("nights") List<Night> nights, @ForAll("night") Night tonight) {
        Past past = Past.of(start, nights);
        List<Candidate> everAnswered = new ArrayList<>(tonight.candidates);
        nights.forEach(night -> everAnswered.addAll(night.candidates));
        Merged merged = merge(tonight, past.crm, past.lineage);
        merged.lineage().forEach((field, from) -> {
            Profile answer = everAnswered.stream()
                    .filter(one -> one.responseId().equals(from.responseId()))
                    .findFirst()
                    .orElseThrow()
                    .profile();
            // Every count of this small world lies in one range.
            Object answered = from.rule().endsWith(" from employee_count")
                            && answer.value(Field.COMPANY_EMPLOYEE_COUNT).isPresent()
                    ? "1-10"
                    : answer.value(field).orElseThrow();
            if (from.rule().contains("agreed") && answered instanceof List<?> items) {
                assertTrue(items.containsAll((List<?>) merged.values().get(field)));
                return;
            }
            Object derived = answered;
            if (from.rule().startsWith("unite") && from.previous().isPresent()) {
                Set<Object> items = new LinkedHashSet<>(
                        (List<?>) FieldValues.parse(field, from.previous().get()));
                items.addAll((List<?>) answered);
                derived = List.copyOf(items);
            }
            assertEquals(derived, merged.values().get(field));
            assertEquals(derived, FieldValues.parse(field, from.value()));
            assertNotEquals(Optional.of(from.value()), from.previous());
        });
    }

    @Property
    void countsAndSummaryFollowFromTheFields(
            @ForAll("crms") Profile start, @ForAll("nights") List<Night> nights, @ForAll("night") Night tonight) {
        Past past = Past.of(start, nights);
        Merged merged = merge(tonight, past.crm, past.lineage);
        assertEquals(past.crm.values().size() + merged.filled(), merged.values().size());
        assertEquals(
                merged.lineage().values().stream().map(FieldLineage::provider).collect(Collectors.toSet()),
                Set.copyOf(merged.sources()));
        merged.lineage().values().forEach(from -> {
            assertTrue(from.confidence() >= merged.confidence().getAsDouble());
            assertTrue(!from.fetchedAt().isAfter(merged.enrichedAt().orElseThrow()));
        });
    }

    @Property
    void moreSureAnswersNeverLowerTheConfidenceOfTheMostConfidentRule(
            @ForAll("crms") Profile start,
            @ForAll("night") Night tonight,
            @ForAll("candidates") List<Candidate> later) {
        FieldRules rules = FieldRules.parse(
                        Map.of("name", "most-confident", "phone", "most-confident"), FieldRules.defaults())
                .rules();
        List<Candidate> all = new ArrayList<>(tonight.candidates);
        all.addAll(later);
        Merged before = merge(new Night(rules, tonight.candidates, false), start, Map.of());
        Merged after = merge(new Night(rules, all, false), start, before.lineage());
        for (Field field : List.of(Field.COMPANY_NAME, Field.COMPANY_PHONE)) {
            if (before.lineage().containsKey(field)) {
                assertTrue(after.lineage().get(field).confidence()
                        >= before.lineage().get(field).confidence());
            }
        }
    }

    @Property
    void ruleTextReadsBackAsTheSameRule(@ForAll("fieldRules") String text) {
        FieldRules.Parsed once = FieldRules.parse(Map.of("technologies", text), FieldRules.guide());
        String printed = once.rules().rule(Field.COMPANY_TECHNOLOGIES);
        FieldRules.Parsed again = FieldRules.parse(Map.of("technologies", printed), FieldRules.guide());
        assertEquals(List.of(), once.faults());
        assertEquals(List.of(), again.faults());
        assertEquals(printed, again.rules().rule(Field.COMPANY_TECHNOLOGIES));
    }

    @Provide
    Arbitrary<Profile> crms() {
        Arbitrary<Optional<String>> text = Arbitraries.of("x", "y", "z").optional();
        Arbitrary<Optional<Long>> number = Arbitraries.of(1L, 2L).optional();
        Arbitrary<Optional<List<String>>> list = Arbitraries.of("s", "t", "u", "v")
                .list()
                .uniqueElements()
                .ofMinSize(1)
                .ofMaxSize(2)
                .optional();
        return Combinators.combine(text, text, number, list).as((name, phone, count, technologies) -> {
            Profile profile = Profile.empty(EntityKind.COMPANY);
            profile = name.isPresent() ? profile.with(Field.COMPANY_NAME, name.get()) : profile;
            profile = phone.isPresent() ? profile.with(Field.COMPANY_PHONE, phone.get()) : profile;
            profile = count.isPresent() ? profile.with(Field.COMPANY_EMPLOYEE_COUNT, count.get()) : profile;
            return technologies.isPresent() ? profile.with(Field.COMPANY_TECHNOLOGIES, technologies.get()) : profile;
        });
    }

    @Provide
    Arbitrary<List<Candidate>> candidates() {
        Arbitrary<Candidate> one = Combinators.combine(
                        Arbitraries.of("a", "b", "c"),
                        Arbitraries.longs().between(0, 3),
                        Arbitraries.of(0.0, 0.5, 0.8, 0.95),
                        crms())
                .as((provider, day, confidence, profile) -> new Candidate(
                        provider,
                        // The answer's id follows from its content, as it does in history.
                        provider + day + confidence + profile.values(),
                        Instant.ofEpochSecond(day * 86_400),
                        confidence,
                        profile));
        return one.list().ofMaxSize(4);
    }

    @Provide
    Arbitrary<String> fieldRules() {
        return Arbitraries.of(
                        "fill-empty",
                        "overwrite",
                        "unite",
                        "never",
                        "freshest",
                        "most-confident",
                        "provider-order",
                        "overwrite agreed")
                .flatMap(rule -> rule.equals("never")
                        ? Arbitraries.just(rule)
                        : Arbitraries.of(rule, rule + " above 0.5", "above 0.8 " + rule));
    }

    private Arbitrary<Night> nights(boolean gentle) {
        Arbitrary<String> rule = fieldRules().filter(text -> !gentle || !text.contains("overwrite"));
        Arbitrary<String> scalar = rule.filter(text -> !text.contains("unite"));
        Arbitrary<FieldRules> rules = Combinators.combine(scalar, scalar, scalar, rule)
                .as((name, phone, count, technologies) -> FieldRules.parse(
                                Map.of(
                                        "name", name,
                                        "phone", phone,
                                        "employee_count", count,
                                        "technologies", technologies),
                                FieldRules.defaults())
                        .rules());
        return Combinators.combine(rules, candidates(), Arbitraries.of(true, false))
                .as(Night::new);
    }

    @Provide
    Arbitrary<Night> night() {
        return nights(false);
    }

    @Provide
    Arbitrary<Night> gentleNight() {
        return nights(true);
    }

    @Provide
    Arbitrary<List<Night>> nights() {
        return night().list().ofMaxSize(3);
    }

    @Provide
    Arbitrary<List<Night>> gentleNights() {
        return gentleNight().list().ofMaxSize(4);
    }
}
