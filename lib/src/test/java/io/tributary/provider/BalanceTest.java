package io.tributary.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** What an account tells of its credits, and how it is asked for. */
class BalanceTest {
    private static BalanceQuery query(String balance) {
        return ProviderSpec.parse("acme.yaml", """
                        name: acme
                        hosts: {api: "https://api.acme.example", billing: "https://billing.acme.example"}
                        auth: {kind: header, name: X-Key}
                        quota: [{calls: 10, per: 1s}]
                        re-ask: hold
                        balance: %s
                        rules:
                          - {when: {status: "200", body: {error: "*"}}, is: bad-credential, reason: refused}
                          - {when: {status: "404"}, is: not-found, reason: not_found}
                          - {when: {status: "200", body: {last: "true"}}, is: answered-last, reason: gone}
                        operations:
                          person:
                            entity: person
                            needs: [[email]]
                            request: {method: get, path: /people, query: {email: "${email}"}}
                            confidence: {otherwise: 0.9}
                            credits: {by-outcome: {matched: 1}, worst: 1}
                            fields:
                              person: {id: id}
                        """.formatted(balance)).balance().orElseThrow();
    }

    private static BalanceQuery telling(String meters) {
        return query("{request: {method: get, path: /account}, " + meters + "}");
    }

    private static HttpAnswer answer(int status, String body) {
        return new HttpAnswer(status, Map.of("X-Left", List.of(" 12 ")), body.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<Balance> told(String meters, String body) {
        return telling(meters).read(answer(200, body)).balance();
    }

    private static Optional<Balance> balance(double remaining, double used) {
        return Optional.of(new Balance(OptionalDouble.of(remaining), OptionalDouble.of(used)));
    }

    private static Balance left(double remaining) {
        return new Balance(OptionalDouble.of(remaining), OptionalDouble.empty());
    }

    private static Balance used(double used) {
        return new Balance(OptionalDouble.of(5), OptionalDouble.of(used));
    }

    @Test
    void isAskedForAtItsHostWithNothingAboutAnybody() {
        BalanceQuery query = query("{request: {method: post, host: billing, path: /v1/credits, query: {unit: credit},"
                + " headers: {X-Version: \"2\"}, body: {of: account}}, remaining: left}");
        HttpCall call = query.call();
        assertEquals("POST", call.method());
        assertEquals(
                "https://billing.acme.example/v1/credits?unit=credit",
                call.uri().toString());
        assertEquals("2", call.headers().get("X-Version"));
        assertEquals("{\"of\":\"account\"}", new String(call.body(), StandardCharsets.UTF_8));
        assertEquals("/v1/credits", query.endpoint());
        assertEquals(
                "http://127.0.0.1:1/x/v1/credits?unit=credit",
                query.at(URI.create("http://127.0.0.1:1/x")).call().uri().toString());
    }

    @Test
    void isReadFromNumbersTextsAndHeaders() {
        assertEquals(Optional.of(left(7.5)), told("remaining: credits.left", "{\"credits\": {\"left\": 7.5}}"));
        assertEquals(Optional.of(left(25000)), told("remaining: left", "{\"left\": \" 25000.00 \"}"));
        assertEquals(Optional.of(left(12)), told("remaining: {header: x-left}", "{}"));
        assertEquals(
                Optional.of(left(3)),
                told("remaining: [data.left, left]", "{\"data\": {\"left\": null}, \"left\": 3}"));
    }

    @Test
    void isReckonedFromALimit() {
        assertEquals(balance(70, 30), told("used: used, limit: all", "{\"used\": 30, \"all\": 100}"));
        assertEquals(balance(70, 30), told("remaining: left, limit: all", "{\"left\": 70, \"all\": 100}"));
        assertEquals(
                balance(0, 130), told("used: used, limit: all", "{\"used\": 130, \"all\": 100}"), "over the limit");
        assertEquals(
                balance(80, 30),
                told("remaining: left, used: used, limit: all", "{\"left\": 80, \"used\": 30, \"all\": 100}"),
                "what is told is believed before what is reckoned");
    }

    @Test
    void isThatOfTheMeterThatOurOperationsSpend() {
        String meters = "among: \"usage[]\", where: {type: credits}, remaining: left";
        assertEquals(
                Optional.of(left(9)),
                told(
                        meters,
                        "{\"usage\": [{\"type\": \"requests\", \"left\": 1}, {\"type\": \"Credits\", \"left\": 9}]}"));
        assertEquals(
                "no_balance_in_it",
                telling(meters).read(answer(200, "{\"usage\": []}")).reason());
    }

    @Test
    void isNotGuessed() {
        for (String body : List.of(
                "{\"left\": -1}",
                "{\"left\": \"-1\"}",
                "{\"left\": \"unlimited\"}",
                "{\"left\": true}",
                "{\"left\": [3]}",
                "{}",
                "[]",
                "no JSON")) {
            assertEquals(
                    new BalanceReading(Verdict.UNREADABLE, "no_balance_in_it", Optional.empty()),
                    telling("remaining: left").read(answer(200, body)),
                    body);
        }
    }

    @Test
    void anAnswerMeansWhatTheFileAndItsStatusSay() {
        BalanceQuery query = telling("remaining: left");
        assertEquals(
                new BalanceReading(Verdict.BAD_CREDENTIAL, "refused", Optional.empty()),
                query.read(answer(200, "{\"error\": \"no\", \"left\": 3}")));
        assertEquals(
                new BalanceReading(Verdict.ANSWERED, "not_found", Optional.empty()),
                query.read(answer(404, "{\"left\": 3}")));
        assertEquals(Verdict.RATE_LIMITED, query.read(answer(429, "{}")).verdict());
        assertEquals(Verdict.TRANSIENT, query.read(answer(503, "{\"left\": 3}")).verdict());
        assertEquals(
                Optional.of(left(0)),
                query.read(answer(200, "{\"last\": true, \"left\": 0}")).balance(),
                "that it is the last one is said in what is read all the same");
    }

    @Test
    void whatWasSpentIsTheDifferenceBetweenTwoLooks() {
        assertEquals(OptionalDouble.of(120.5), used(320.5).spentSince(used(200)));
        assertEquals(OptionalDouble.of(20), left(80).spentSince(left(100)));
        assertEquals(OptionalDouble.empty(), left(100).spentSince(left(80)), "credits were added");
        assertEquals(OptionalDouble.empty(), used(3).spentSince(used(200)), "the count began anew");
        assertEquals(OptionalDouble.of(95), used(3).spentSince(left(100)), "both tell what is left");
        assertThrows(IllegalArgumentException.class, () -> new Balance(OptionalDouble.empty(), OptionalDouble.empty()));
    }
}
