package io.tributary.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.model.EntityKind;
import io.tributary.model.Field;
import io.tributary.model.Identifiers;
import io.tributary.model.Identifiers.Input;
import io.tributary.model.KeyKind;
import io.tributary.model.LookupKey;
import io.tributary.model.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the language of provider files can say that no shipped file needs; the shapes are those of real providers. */
class SpecLanguageTest {
    private static final String HEAD = """
            name: acme
            hosts: {api: "https://api.acme.example"}
            auth: {kind: header, name: X-Key}
            quota: [{calls: 25, per: 1s}]
            re-ask: hold
            """;

    /** People in an object under our own references, their companies beside them. */
    private static final ProviderSpec KEYED = ProviderSpec.parse("acme.yaml", HEAD + """
            operations:
              person:
                entity: person
                needs: [[email]]
                request: {method: post, path: /v2/person, body: {contacts: "${items}"}}
                batch: {size: 100, items: contacts, keyed: true, item: {contactId: "${reference}", email: "${email}"}}
                joins:
                  employer: {from: companies, by: data.companyId}
                item-rules:
                  - {when: {body: {error.name: EMPTY_DATA}}, is: not-found, reason: empty_data}
                  - {when: {body: {error.name: OVERLOADED}}, is: transient, reason: overloaded}
                complete: [name.full]
                confidence: {otherwise: 0.9}
                credits: {by-outcome: {matched: 1}, worst: 1}
                fields:
                  person: {name.full: data.fullName, company.name: employer.name}
                  company: {name: employer.name, domain: {from: employer.fqdn, as: domain}}
            """);

    /** A list in which each item has its own status, and the credits may end in the middle. */
    private static final ProviderSpec STATUSES = ProviderSpec.parse("acme.yaml", HEAD + """
            rules:
              - {when: {status: "200", body: {status: PARTIAL_OUT_OF_CREDITS}}, is: answered-last, reason: out_of_credits}
              - {when: {status: "451"}, is: split, alone: suppressed, reason: legal}
            operations:
              person:
                entity: person
                needs: [[email]]
                request: {method: post, path: /enrich/contact, body: {matchPersonInput: "${items}"}}
                batch: {size: 25, items: data.result, positional: true, item: {emailAddress: "${email}"}}
                item-rules:
                  - {when: {body: {matchStatus: NO_MATCH}}, is: not-found, reason: no_match}
                  - {when: {body: {matchStatus: OPT_OUT}}, is: suppressed, reason: opt_out}
                  - {when: {body: {matchStatus: LIMIT_EXCEEDED}}, is: credits-gone, reason: limit_exceeded}
                  - {when: {body: {matchStatus: SERVICE_ERROR}}, is: transient, reason: service_error}
                complete: [title]
                confidence: {otherwise: 0.9}
                credits: {by-outcome: {matched: 1}, worst: 1}
                fields:
                  person: {title: data.0.jobTitle}
            """);

    /** A batch becomes a task that is asked for until it is done; its items are known by the name alone. */
    private static final ProviderSpec TASKS = ProviderSpec.parse("acme.yaml", HEAD + """
            pending:
              kind: poll
              job: data.task_hash
              request: {method: get, path: /v2/result, query: {task_hash: "${job_id}"}}
              rules:
                - {when: {body: {status: in_progress}}, is: pending, reason: in_progress}
                - {when: {body: {status: not_enough_credits}}, is: credits-gone, reason: not_enough_credits}
                - {when: {status: "404"}, is: gone, reason: unknown_task}
              items: data
            rules:
              - {when: {status: "200", body: {data.task_hash: "*"}}, is: pending, reason: started}
            operations:
              person:
                entity: person
                needs: [[full_name, domain]]
                request: {method: post, path: /v2/start, body: {rows: "${items}"}}
                batch:
                  size: 10
                  items: data
                  item: {name: "${full_name}", domain: "${domain}"}
                  identity: {full_name: people}
                  left-out: not-found
                complete: [email]
                confidence: {from: result.0.smtp_status, table: {valid: 0.95, unknown: 0.6}, otherwise: 0.5}
                credits: {by-outcome: {matched: 1}, worst: 3}
                fields:
                  person: {email: result.0.email}
            """);

    private static final ProviderSpec WANTED = ProviderSpec.parse("acme.yaml", HEAD + """
            rules:
              - {when: {status: "400", body: {errors.0.code: F1}}, is: field-refused, reason: no_access}
            operations:
              person:
                entity: person
                needs: [[email]]
                request:
                  method: post
                  path: /v1/person
                  query: {fields: "${output_fields}"}
                  body: {outputFields: "${output_fields}"}
                  output-fields: [id, email, directPhone]
                confidence: {otherwise: 0.9}
                credits: {by-outcome: {matched: 1}, worst: 1}
                fields: {person: {email: email}}
            """);

    private static final ProviderSpec FORMS = ProviderSpec.parse("acme.yaml", HEAD + """
            operations:
              person:
                entity: person
                needs: [[email]]
                request: {method: post, path: /v1/profile, form: {email: "${email}", name: "${full_name}"}}
                confidence: {otherwise: 0.9}
                credits: {by-outcome: {matched: 1}, worst: 1}
                fields: {person: {title: title}}
              company:
                entity: company
                needs: [[domain]]
                request: {method: get, path: /v1/companies, query: {"domains[]": "${items}", fields: all}}
                batch: {size: 10, item: "${domain}", identity: {domain: domain}}
                confidence: {otherwise: 0.9}
                credits: {by-outcome: {matched: 1}, worst: 1}
                fields: {company: {name: name}}
            """);

    private static Ask ask(String reference, Map<Input, String> inputs, Optional<Pending> pending) {
        return new Ask(reference, new LookupKey(KeyKind.EMAIL, reference), new Identifiers(inputs), 0, pending);
    }

    private static Ask mail(String reference) {
        return ask(reference, Map.of(Input.EMAIL, reference + "@acme.com"), Optional.empty());
    }

    private static Reading read(Operation operation, List<Ask> asks, int status, String body) {
        return operation.read(asks, new HttpAnswer(status, Map.of(), body.getBytes(StandardCharsets.UTF_8)));
    }

    private static Map<String, ItemReading> byReference(Reading reading) {
        return reading.items().stream().collect(Collectors.toMap(ItemReading::reference, item -> item));
    }

    private static Optional<Object> field(ItemReading item, EntityKind entity, String path) {
        return Optional.ofNullable(item.profiles().get(entity))
                .map(profile -> profile.values().get(Field.at(entity, path).orElseThrow()));
    }

    @Test
    void itemsUnderOurReferencesAreReadWithWhatTheyShare() {
        Operation person = KEYED.operations().get(0);
        List<Ask> asks = List.of(mail("a"), mail("b"), mail("c"), mail("d"));
        assertTrue(new String(person.render(asks).body(), StandardCharsets.UTF_8).contains("\"contactId\":\"a\""));

        Reading reading = read(person, asks, 200, """
                {"contacts": {
                   "b": {"error": {"name": "EMPTY_DATA"}},
                   "a": {"error": null, "data": {"fullName": "Ada Example", "companyId": 1586}},
                   "d": {"error": {"name": "OVERLOADED"}}},
                 "companies": {"1586": {"name": "Acme", "fqdn": "www.acme.example"}}}""");

        assertEquals(Verdict.ANSWERED, reading.verdict());
        Map<String, ItemReading> items = byReference(reading);
        assertEquals(Outcome.MATCHED, items.get("a").outcome());
        assertEquals(Optional.of("Acme"), field(items.get("a"), EntityKind.PERSON, "company.name"));
        assertEquals(Optional.of("acme.example"), field(items.get("a"), EntityKind.COMPANY, "domain"));
        assertEquals("", items.get("a").bodyPath(), "what is shared is kept with the item");
        assertEquals(Outcome.NOT_FOUND, items.get("b").outcome());
        assertEquals(2, items.size(), "the others are missing and asked again");
    }

    @Test
    void aRefusalThatNamesNobodyIsForWhoeverStandsAlone() {
        Operation person = STATUSES.operations().get(0);
        String legal = "{\"reason\": \"legal\"}";
        assertEquals(
                Verdict.SPLIT,
                read(person, List.of(mail("a"), mail("b")), 451, legal).verdict());
        Reading alone = read(person, List.of(mail("a")), 451, legal);
        assertEquals(Verdict.ANSWERED, alone.verdict());
        assertEquals(Outcome.SUPPRESSED, alone.items().get(0).outcome());
    }

    @Test
    void controlCharactersInAReplyAreNoReasonNotToReadIt() {
        Reading reading = read(
                KEYED.operations().get(0),
                List.of(mail("a")),
                200,
                "{\"contacts\": {\"a\": {\"data\": {\"fullName\": \"Ada\u0000 Example\"}}}}");
        assertEquals(Outcome.MATCHED, reading.items().get(0).outcome());
    }

    @Test
    void aFieldThatIsRefusedIsNamedAndCanBeLeftOut() {
        Operation person = WANTED.operations().get(0);
        List<Ask> asks = List.of(mail("a"));
        assertEquals(
                "{\"outputFields\":[\"id\",\"email\",\"directPhone\"]}",
                new String(person.render(asks).body(), StandardCharsets.UTF_8));
        Reading refusal = read(
                person,
                asks,
                400,
                "{\"errors\": [{\"code\": \"F1\", \"detail\": \"no access to 'directPhone', id 7\"}]}");
        assertEquals(Verdict.FIELD_REFUSED, refusal.verdict());
        assertEquals(Set.of("directPhone"), refusal.refusedFields(), "what is quoted");
        assertEquals(
                Set.of("email"),
                read(
                                person,
                                asks,
                                400,
                                "{\"errors\": [{\"id\": \"x\", \"code\": \"F1\", \"detail\": \"No email for you\"}]}")
                        .refusedFields(),
                "a word, but no name of a member");
        HttpCall again = person.render(asks, Set.of("directPhone"));
        assertEquals("{\"outputFields\":[\"id\",\"email\"]}", new String(again.body(), StandardCharsets.UTF_8));
        assertEquals(
                "https://api.acme.example/v1/person?fields=id%2Cemail",
                again.uri().toString());
        assertEquals(
                Verdict.MISCONFIGURED,
                read(person, asks, 400, "{\"errors\": [{\"code\": \"F1\", \"detail\": \"no access to phones\"}]}")
                        .verdict());
    }

    @Test
    void inputsMayGoAsAForm() {
        HttpCall call = FORMS.operations().get(0).render(List.of(mail("a&b")));
        assertEquals("application/x-www-form-urlencoded", call.headers().get("Content-Type"));
        assertEquals("email=a%26b%40acme.com", new String(call.body(), StandardCharsets.UTF_8));
    }

    @Test
    void theItemsOfABatchMayGoAsOneParameterEach() {
        SpecOperation company = FORMS.described().get("company");
        List<Ask> asks = List.of(
                ask("a", Map.of(Input.DOMAIN, "acme.com"), Optional.empty()),
                ask("b", Map.of(Input.DOMAIN, "bolt.io"), Optional.empty()));
        HttpCall call = company.render(asks);
        assertEquals(
                "https://api.acme.example/v1/companies?domains%5B%5D=acme.com&domains%5B%5D=bolt.io&fields=all",
                call.uri().toString());
        assertEquals(0, call.body().length);
        assertEquals("domain=acme.com\n", company.canonicalInput(asks.get(0).inputs()));
    }

    @Test
    void aListWhereAnObjectIsExpectedIsUnreadable() {
        assertEquals(
                Verdict.UNREADABLE,
                read(KEYED.operations().get(0), List.of(mail("a")), 200, "{\"contacts\": []}")
                        .verdict());
    }

    @Test
    void creditsThatEndInTheMiddleKeepWhatWasBought() {
        Operation person = STATUSES.operations().get(0);
        List<Ask> asks = List.of(mail("a"), mail("b"), mail("c"), mail("d"));
        Reading reading = read(person, asks, 200, """
                {"data": {"result": [
                  {"data": [{"jobTitle": "Engineer"}], "matchStatus": "FULL_MATCH"},
                  {"data": [], "matchStatus": "OPT_OUT"},
                  {"data": [], "matchStatus": "LIMIT_EXCEEDED"},
                  {"data": [], "matchStatus": "SERVICE_ERROR"}]}}""");

        assertEquals(Verdict.ANSWERED_LAST, reading.verdict());
        assertEquals("limit_exceeded", reading.reason());
        Map<String, ItemReading> items = byReference(reading);
        assertEquals(Outcome.MATCHED, items.get("a").outcome());
        assertEquals(Outcome.SUPPRESSED, items.get("b").outcome());
        assertEquals(2, items.size());
    }

    @Test
    void creditsThatReachedNobodyAreGone() {
        Reading reading = read(
                STATUSES.operations().get(0),
                List.of(mail("a")),
                200,
                "{\"data\": {\"result\": [{\"data\": [], \"matchStatus\": \"LIMIT_EXCEEDED\"}]}}");
        assertEquals(Verdict.CREDITS_GONE, reading.verdict());
        assertEquals(List.of(), reading.items());
    }

    @Test
    void anAnswerThatSaysItWasTheLastIsReadAndEndsTheProvider() {
        Reading reading = read(
                STATUSES.operations().get(0),
                List.of(mail("a")),
                200,
                "{\"status\": \"PARTIAL_OUT_OF_CREDITS\","
                        + " \"data\": {\"result\": [{\"data\": [{\"jobTitle\": \"Engineer\"}]}]}}");
        assertEquals(Verdict.ANSWERED_LAST, reading.verdict());
        assertEquals(Outcome.MATCHED, reading.items().get(0).outcome());
    }

    @Test
    void aTaskOfSeveralAsksIsAskedForOnceAndTakenApart() {
        Operation start = TASKS.operations().get(0);
        Map<Input, String> ada = Map.of(Input.FULL_NAME, "Ada Example", Input.DOMAIN, "acme.example");
        Map<Input, String> bob = Map.of(Input.FULL_NAME, "Bob Example", Input.DOMAIN, "acme.example");
        Reading started = read(
                start,
                List.of(ask("a", ada, Optional.empty()), ask("b", bob, Optional.empty())),
                200,
                "{\"data\": {\"task_hash\": \"af50\"}, \"meta\": {}}");
        assertEquals(
                List.of(Outcome.PENDING, Outcome.PENDING),
                started.items().stream().map(ItemReading::outcome).toList());
        assertEquals(Optional.of("af50"), started.items().get(1).jobId());

        Pending task = new Pending("person", "af50");
        Operation poll = TASKS.resumption(task).orElseThrow();
        List<Ask> asks = List.of(ask("b", bob, Optional.of(task)), ask("a", ada, Optional.of(task)));
        assertEquals(10, poll.batchSize());
        assertEquals(
                "https://api.acme.example/v2/result?task_hash=af50",
                poll.render(asks).uri().toString());

        Map<String, ItemReading> items = byReference(read(poll, asks, 200, """
                {"status": "completed", "data": [
                  {"people": "Ada Example", "result": [{"email": "ada@acme.example", "smtp_status": "valid"}]}]}"""));
        assertEquals(Optional.of("ada@acme.example"), field(items.get("a"), EntityKind.PERSON, "email"));
        assertEquals(Outcome.NOT_FOUND, items.get("b").outcome());
        assertEquals(
                Verdict.CREDITS_GONE,
                read(poll, asks, 200, "{\"status\": \"not_enough_credits\"}").verdict());
        assertEquals(
                Map.of("a", Outcome.UNKNOWN, "b", Outcome.UNKNOWN),
                new HashMap<>(byReference(read(poll, asks, 404, "{}")).entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, item -> item.getValue().outcome()))));
    }
}
