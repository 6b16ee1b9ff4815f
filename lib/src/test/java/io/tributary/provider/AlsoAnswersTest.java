package io.tributary.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tributary.model.Identifiers;
import io.tributary.model.Identifiers.Input;
import io.tributary.model.KeyKind;
import io.tributary.model.LookupKey;
import io.tributary.model.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When an answer about a person answers for the employer too, and by which key; and the other way round. */
class AlsoAnswersTest {
    private static final ProviderSpec ACME = ProviderSpec.parse("acme.yaml", """
            name: acme
            hosts: {api: "https://api.acme.example"}
            auth: {kind: header, name: X-Key}
            quota: [{calls: 25, per: 1s}]
            re-ask: hold
            operations:
              person:
                entity: person
                needs: [[email]]
                request: {method: get, path: /person}
                match: {person.id: "*"}
                miss: {person: "-"}
                confidence: {otherwise: 0.9}
                credits: {by-outcome: {matched: 1}, worst: 1}
                answers-also: {company: [name, industry]}
                fields:
                  person: {id: person.id}
                  company: {name: org.name, domain: {from: org.site, as: domain}, industry: org.industry}
              company:
                entity: company
                needs: [[domain]]
                request: {method: get, path: /company}
                confidence: {otherwise: 0.9}
                credits: {by-outcome: {matched: 1}, worst: 1}
                answers-also: {person: [email]}
                fields:
                  company: {name: name}
                  person: {email: owner.email, title: owner.title}
            """);

    private static ItemReading read(LookupKey key, String body) {
        Input input = key.kind() == KeyKind.EMAIL ? Input.EMAIL : Input.DOMAIN;
        Identifiers inputs = new Identifiers(Map.of(input, key.value()));
        Ask ask = Ask.about(key, inputs, 0, Optional.empty());
        Operation operation = ACME.operationFor(key.kind().entity(), inputs).orElseThrow();
        HttpAnswer answer = new HttpAnswer(200, Map.of(), body.getBytes(StandardCharsets.UTF_8));
        return operation.read(List.of(ask), answer).items().get(0);
    }

    private static ItemReading ofAda(String body) {
        return read(new LookupKey(KeyKind.EMAIL, "ada@acme.com"), body);
    }

    @Test
    void aWholeEmployerIsAnsweredForByTheKeyThatItsRecordWouldGet() {
        assertEquals(
                List.of(new LookupKey(KeyKind.DOMAIN, "acme.com")),
                ofAda(
                                "{\"person\":{\"id\":1},\"org\":{\"name\":\"Acme\",\"site\":\"https://www.acme.com/\",\"industry\":\"Anvils\"}}")
                        .also());
    }

    @Test
    void anEmployerOfWhichTooLittleIsKnownIsNot() {
        ItemReading read =
                ofAda("{\"person\":{\"id\":1},\"org\":{\"name\":\"Acme\",\"site\":\"https://www.acme.com/\"}}");
        assertEquals(List.of(), read.also());
        assertEquals(2, read.profiles().size(), "what is known is kept all the same");
    }

    @Test
    void theEmployerOfAPersonThatIsNotFoundIsAnsweredForAllTheSame() {
        ItemReading read = ofAda("{\"org\":{\"name\":\"Acme\",\"site\":\"acme.com\",\"industry\":\"Anvils\"}}");
        assertEquals(Outcome.NOT_FOUND, read.outcome());
        assertEquals(List.of(new LookupKey(KeyKind.DOMAIN, "acme.com")), read.also());
    }

    @Test
    void aSiteOnWhichManyHavePagesIsNobodysKey() {
        assertEquals(
                List.of(new LookupKey(KeyKind.COMPANY_NAME, "acme anvils")),
                ofAda(
                                "{\"person\":{\"id\":1},\"org\":{\"name\":\"Acme Anvils\",\"site\":\"facebook.com\",\"industry\":\"Anvils\"}}")
                        .also());
    }

    @Test
    void aCompanysAnswerMayAnswerForAPerson() {
        assertEquals(
                List.of(new LookupKey(KeyKind.EMAIL, "ada@acme.com")),
                read(
                                new LookupKey(KeyKind.DOMAIN, "acme.com"),
                                "{\"name\":\"Acme\",\"owner\":{\"email\":\"Ada@Acme.com\",\"title\":\"Owner\"}}")
                        .also());
    }
}
