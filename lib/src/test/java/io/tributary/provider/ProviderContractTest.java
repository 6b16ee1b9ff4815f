package io.tributary.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.model.EntityKind;
import io.tributary.model.Identifiers;
import io.tributary.model.Identifiers.Input;
import io.tributary.model.Outcome;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The shipped provider files against what the providers publish: one file of {@code conf/fixtures} for each fact. */
class ProviderContractTest {
    private static final List<String> PROVIDERS = ShippedSpecsTest.names();
    private static final Set<Verdict> REFUSALS =
            EnumSet.of(Verdict.BAD_CREDENTIAL, Verdict.CREDITS_GONE, Verdict.MISCONFIGURED, Verdict.RATE_LIMITED);

    private static final Map<String, ProviderSpec> SPECS =
            PROVIDERS.stream().collect(Collectors.toUnmodifiableMap(name -> name, ShippedSpecsTest::spec));
    private static final List<Fixture> CASES = Fixture.all(ShippedSpecsTest.FIXTURES);

    private static Operation operation(Fixture one) {
        return one.operation(SPECS.get(one.provider()));
    }

    @TestFactory
    Stream<DynamicTest> sendsWhatTheProviderTakes() {
        return CASES.stream()
                .map(one -> dynamicTest(
                        one.id(),
                        () -> assertEquals(
                                Fixtures.text(one.expectedRequest()),
                                Fixtures.text(Fixtures.sent(one, SPECS.get(one.provider()))),
                                one.content().path("fact").asText())));
    }

    @TestFactory
    Stream<DynamicTest> understandsWhatTheProviderSays() {
        return CASES.stream()
                .map(one -> dynamicTest(
                        one.id(),
                        () -> assertEquals(
                                Fixtures.text(one.expectedReading()),
                                Fixtures.text(Fixtures.understood(one, SPECS.get(one.provider()))),
                                one.content().path("fact").asText())));
    }

    @Test
    void everyOperationHasAMatchAMissAndARefusal() {
        Map<String, List<Fixture>> byOperation =
                CASES.stream().collect(Collectors.groupingBy(one -> one.provider() + "/" + one.operation()));
        for (String provider : PROVIDERS) {
            for (String operation : SPECS.get(provider).described().keySet()) {
                List<Fixture> cases = byOperation.getOrDefault(provider + "/" + operation, List.of());
                String name = provider + "/" + operation;
                assertTrue(cases.stream().anyMatch(says(Outcome.MATCHED)), name + " has no case of a match");
                assertTrue(cases.stream().anyMatch(says(Outcome.NOT_FOUND)), name + " has no case of a miss");
                assertTrue(cases.stream().anyMatch(says(Outcome.REJECTED)), name + " has no case of a rejected input");
                assertTrue(
                        cases.stream()
                                .anyMatch(one -> REFUSALS.contains(operation(one)
                                        .read(one.asks(), one.reply())
                                        .verdict())),
                        name + " has no case of a refused call");
            }
        }
    }

    @Test
    void everyBalanceThatIsDescribedIsToldAndRefused() {
        for (String provider : PROVIDERS) {
            List<Fixture> cases = CASES.stream()
                    .filter(one -> one.provider().equals(provider) && one.isOfBalance())
                    .toList();
            Optional<BalanceQuery> query = SPECS.get(provider).balance();
            assertEquals(query.isPresent(), !cases.isEmpty(), provider + ": facts of the balance");
            query.ifPresent(described -> {
                assertTrue(told(described, cases, true), provider + " has no case of a balance that is told");
                assertTrue(told(described, cases, false), provider + " has no case of a balance that is not");
            });
        }
    }

    private static boolean told(BalanceQuery query, List<Fixture> cases, boolean isTold) {
        return cases.stream().anyMatch(one -> query.read(one.reply()).balance().isPresent() == isTold);
    }

    private static Predicate<Fixture> says(Outcome outcome) {
        return one -> operation(one).read(one.asks(), one.reply()).items().stream()
                .anyMatch(item -> item.outcome() == outcome);
    }

    @ParameterizedTest
    @MethodSource("io.tributary.provider.ShippedSpecsTest#names")
    void mapsEveryFieldThatTheProviderOffersAndNoOther(String provider) {
        ProviderSpec spec = SPECS.get(provider);
        JsonNode offers = Fixture.sheet(ShippedSpecsTest.FIXTURES, provider).path("offers");
        assertEquals(names(offers), spec.described().keySet());
        spec.described().forEach((name, operation) -> {
            Map<EntityKind, List<FieldMapping>> mapped = operation.subject().fields();
            assertEquals(
                    names(offers.path(name)),
                    mapped.keySet().stream().map(EntityKind::id).collect(Collectors.toSet()),
                    name);
            mapped.forEach((entity, mappings) -> assertEquals(
                    texts(offers.path(name).path(entity.id())),
                    mappings.stream()
                            .map(mapping -> mapping.field().path())
                            .collect(Collectors.toCollection(TreeSet::new)),
                    name + " " + entity.id()));
        });
    }

    @ParameterizedTest
    @MethodSource("io.tributary.provider.ShippedSpecsTest#names")
    void keepsThePublishedWindowsAndTheRuleForAskingAgain(String provider) {
        ProviderSpec spec = SPECS.get(provider);
        JsonNode sheet = Fixture.sheet(ShippedSpecsTest.FIXTURES, provider);
        assertEquals(
                texts(sheet.path("quota")),
                spec.windows().stream()
                        .map(window -> window.calls() + " per " + window.per().toSeconds() + "s"
                                + (window.perEndpoint() ? " per endpoint" : ""))
                        .collect(Collectors.toCollection(TreeSet::new)));
        assertEquals(sheet.path("re-ask").asText(), SpecWords.kebab(spec.reAsk()));
    }

    /** The first in use that takes the inputs is asked; what is not in use is described only. */
    @Test
    void asksTheFirstOperationInUse() {
        assertEquals("person", chosen("hunter", Input.EMAIL));
        assertEquals("person", chosen("hunter", Input.EMAIL, Input.FIRST_NAME, Input.LAST_NAME, Input.DOMAIN));
        assertEquals("finder", chosen("hunter", Input.FIRST_NAME, Input.LAST_NAME, Input.DOMAIN));
        assertEquals("person-bulk", chosen("apollo", Input.EMAIL));
        ProviderSpec hunter = SPECS.get("hunter");
        assertTrue(hunter.described().containsKey("combined"));
        assertTrue(hunter.operations().stream()
                .noneMatch(operation -> operation.name().equals("combined")));
    }

    private static String chosen(String provider, Input... inputs) {
        Map<Input, String> values =
                Stream.of(inputs).collect(Collectors.toMap(input -> input, input -> "linkedin.com/in/x"));
        return SPECS.get(provider)
                .operationFor(EntityKind.PERSON, new Identifiers(values))
                .orElseThrow()
                .name();
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Set<String> texts(JsonNode array) {
        Set<String> texts = new TreeSet<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
