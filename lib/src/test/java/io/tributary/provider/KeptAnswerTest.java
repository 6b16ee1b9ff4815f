package io.tributary.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.model.EntityKind;
import io.tributary.model.Field;
import io.tributary.model.Identifiers;
import io.tributary.model.KeyKind;
import io.tributary.model.LookupKey;
import io.tributary.model.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is kept of an answer says the same when it is read again, and something else only by another file. */
class KeptAnswerTest {
    private static final String SPEC = """
            name: acme
            hosts: {api: "https://api.acme.example"}
            auth: {kind: header, name: X-Key}
            quota: [{calls: 25, per: 1s}]
            re-ask: hold
            rules:
              - {when: {status: "404"}, is: not-found, reason: not_found}
            operations:
              person:
                entity: person
                needs: [[email]]
                request: {method: get, path: /person}
                match: {person.id: "*"}
                miss: {person: "-"}
                confidence: {otherwise: 0.9}
                credits: {by-outcome: {matched: 1}, worst: 1}
                fields:
                  person: {id: person.id, title: person.headline}
            """;

    private static ProviderSpec spec(String text) {
        return ProviderSpec.parse("acme.yaml", text);
    }

    private static Optional<ItemReading> again(ProviderSpec spec, int status, String body) {
        Ask ask =
                Ask.about(new LookupKey(KeyKind.EMAIL, "ada@acme.com"), new Identifiers(Map.of()), 0, Optional.empty());
        return spec.readAgain("person", new KeptAnswer(ask, status, body));
    }

    @Test
    void everyRecordedAnswerIsReadAgainFromWhatIsKeptOfIt() throws JsonProcessingException {
        List<String> faults = new ArrayList<>();
        int data = 0;
        for (String provider : ShippedSpecsTest.names()) {
            ProviderSpec spec = ShippedSpecsTest.spec(provider);
            for (Fixture fact : Fixture.of(ShippedSpecsTest.FIXTURES, provider)) {
                if (fact.isOfBalance()) {
                    continue;
                }
                HttpAnswer reply = fact.reply();
                for (ItemReading first :
                        fact.operation(spec).read(fact.asks(), reply).items()) {
                    if (first.outcome() == Outcome.PENDING) {
                        // No answer yet, so nothing to read again.
                        continue;
                    }
                    Ask ask = fact.asks().stream()
                            .filter(one -> one.reference().equals(first.reference()))
                            .findFirst()
                            .orElseThrow();
                    Optional<ItemReading> again =
                            spec.readAgain(fact.operation(), new KeptAnswer(ask, reply.status(), kept(reply, first)));
                    data += first.outcome().hasData() ? 1 : 0;
                    if (again.isEmpty()
                            ? first.outcome().hasData()
                            : !says(first).equals(says(again.get()))) {
                        faults.add(fact.id() + ": " + says(first) + " and then " + again.map(KeptAnswerTest::says));
                    }
                }
            }
        }
        assertEquals(List.of(), faults);
        assertTrue(data > 80, data + " answers with data");
    }

    /** As a journal keeps it: the item's part of the body, or all. */
    private static String kept(HttpAnswer reply, ItemReading item) throws JsonProcessingException {
        return item.bodyPath().isEmpty()
                ? reply.text()
                : new ObjectMapper().readTree(reply.text()).at(item.bodyPath()).toString();
    }

    private static List<Object> says(ItemReading reading) {
        return List.of(reading.outcome(), reading.reason(), reading.confidence(), reading.profiles(), reading.also());
    }

    @Test
    void anotherFileReadsTheSameAnswerOtherwise() {
        String body = "{\"person\": {\"id\": \"1\", \"headline\": \"Engineer\", \"role\": \"CTO\"}}";
        assertEquals(Optional.of("Engineer"), title(again(spec(SPEC), 200, body).orElseThrow()));
        ProviderSpec changed = spec(SPEC.replace("person.headline", "person.role")
                .replace("confidence: {otherwise: 0.9}", "confidence: {otherwise: 0.4}"));
        ItemReading again = again(changed, 200, body).orElseThrow();
        assertEquals(Optional.of("CTO"), title(again));
        assertEquals(0.4, again.confidence().orElseThrow());
    }

    private static Optional<String> title(ItemReading reading) {
        return reading.profiles().get(EntityKind.PERSON).text(Field.PERSON_TITLE);
    }

    @Test
    void whatIsNoAnswerIsNotMadeOne() {
        ProviderSpec spec = spec(SPEC);
        assertEquals(Optional.empty(), again(spec, 200, "no json"));
        assertEquals(Optional.empty(), again(spec, 200, "{\"person\": {\"name\": \"Ada\"}}"), "neither match nor miss");
        assertEquals(Optional.empty(), again(spec, 202, "{}"), "pending");
        assertEquals(Optional.empty(), again(spec, 500, "{}"));
        assertEquals(
                Optional.empty(),
                spec.readAgain(
                        "company",
                        new KeptAnswer(
                                new Ask("r", new LookupKey(KeyKind.EMAIL, "a@b.com"), new Identifiers(Map.of()), 0),
                                200,
                                "{}")));
        assertEquals(Outcome.NOT_FOUND, again(spec, 404, "").orElseThrow().outcome(), "a status speaks without a body");
    }
}
