package io.tributary.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tributary.model.Identifiers;
import io.tributary.model.Identifiers.Input;
import io.tributary.model.KeyKind;
import io.tributary.model.LookupKey;
import io.tributary.model.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A job whose answers come in pages is read to its end, in whatever way the provider tells them. */
class PagesTest {
    private static final int PEOPLE = 7;
    private static final int ON_A_PAGE = 3;

    private static ProviderSpec spec(String pages) {
        return ProviderSpec.parse("acme.yaml", """
                name: acme
                hosts: {api: "https://api.acme.example"}
                auth: {kind: bearer}
                quota: [{calls: 10, per: 1s}]
                re-ask: hold
                pending:
                  kind: poll
                  job: id
                  request: {method: get, path: "/jobs/${job_id}", query: {page: "${page}"}}
                  rules:
                    - {when: {body: {state: running}}, is: pending, reason: running}
                  pages: %s
                  items: found
                operations:
                  person:
                    entity: person
                    needs: [[email]]
                    request: {method: post, path: /jobs, body: {people: "${items}"}}
                    batch: {size: 100, items: found, reference: ref, item: {email: "${email}", ref: "${reference}"}}
                    complete: [title]
                    confidence: {otherwise: 0.9}
                    credits: {by-outcome: {matched: 1}, worst: 1}
                    fields: {person: {title: title}}
                """.formatted(pages));
    }

    private static List<Ask> asks(String job) {
        return IntStream.range(0, PEOPLE)
                .mapToObj(i -> new Ask(
                        "p" + i,
                        new LookupKey(KeyKind.EMAIL, "p" + i),
                        new Identifiers(Map.of(Input.EMAIL, "p" + i + "@acme.example")),
                        0,
                        Optional.of(new Pending("person", job))))
                .toList();
    }

    /** What a provider with 7 people on 3 pages says; the first page is asked for without a number. */
    private static String page(String query, boolean last) {
        int page = query == null ? 1 : Integer.parseInt(query.replaceAll("\\D", ""));
        String found = IntStream.range((page - 1) * ON_A_PAGE, Math.min(PEOPLE, page * ON_A_PAGE))
                .filter(i -> last || i != 4)
                .mapToObj(i -> "{\"ref\":\"p" + i + "\",\"title\":\"T" + i + "\"}")
                .collect(Collectors.joining(","));
        return "{\"found\":[" + found + "],\"pages\":3,\"further\":" + (page == 1 ? "[2,3]" : "[]") + ",\"next\":"
                + (page < 3 ? "\"" + (page + 1) + "\"" : "null") + "}";
    }

    @ParameterizedTest
    @ValueSource(strings = {"{by: next, at: next}", "{by: total, at: pages}", "{by: list, at: further}"})
    void everyPageIsReadOnce(String how) {
        ProviderSpec spec = spec(how);
        List<Ask> open = asks("J/1");
        List<String> asked = new ArrayList<>();
        int answered = 0;
        while (!open.isEmpty() && asked.size() < 10) {
            Pending pending = open.get(0).pending().orElseThrow();
            Operation fetch = spec.resumption(pending).orElseThrow();
            HttpCall call = fetch.render(open);
            assertEquals("/jobs/J%2F1", call.uri().getRawPath());
            asked.add(String.valueOf(call.uri().getQuery()));
            Reading read = fetch.read(
                    open,
                    new HttpAnswer(
                            200, Map.of(), page(call.uri().getQuery(), true).getBytes(StandardCharsets.UTF_8)));
            answered += read.items().stream()
                    .filter(item -> item.outcome().hasData())
                    .count();
            open = read.items().stream()
                    .filter(item -> item.outcome() == Outcome.PENDING)
                    .findFirst()
                    .flatMap(ItemReading::jobId)
                    .map(job -> asks(job).stream()
                            .filter(ask -> read.items().stream()
                                    .anyMatch(item -> item.reference().equals(ask.reference())
                                            && item.outcome() == Outcome.PENDING))
                            .toList())
                    .orElse(List.of());
        }
        assertEquals(List.of("null", "page=2", "page=3"), asked);
        assertEquals(PEOPLE, answered);
    }

    @Test
    void whoIsOnNoPageHasAnUnknownOutcomeUnderTheJob() {
        Operation last = spec("{by: next, at: next}")
                .resumption(new Pending("person", "J?pages=3"))
                .orElseThrow();
        Reading read = last.read(
                asks("J?pages=3").subList(4, 7),
                new HttpAnswer(200, Map.of(), page("3", false).getBytes(StandardCharsets.UTF_8)));
        ItemReading left = read.items().stream()
                .filter(item -> item.reference().equals("p4"))
                .findFirst()
                .orElseThrow();
        assertEquals(Outcome.UNKNOWN, left.outcome());
        assertEquals("left_out", left.reason());
        assertEquals(Optional.of("J?pages=3"), left.jobId());
    }

    @Test
    void anyNameOfAPageSurvives() {
        JobPages job = new JobPages("J?pages=x", List.of("a,b", "1&2=%", "…"));
        assertEquals(job, JobPages.of(job.text()));
        assertEquals(new JobPages("J", List.of()), JobPages.of("J"));
        assertEquals(List.of("1&2=%", "…"), job.afterNext().pages());
        assertEquals(new JobPages("J", List.of()), new JobPages("J", List.of()).afterNext());
    }
}
