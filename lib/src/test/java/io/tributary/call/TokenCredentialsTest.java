package io.tributary.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.provider.Auth;
import io.tributary.provider.HttpAnswer;
import io.tributary.provider.HttpCall;
import io.tributary.provider.ProviderSpec;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TokenCredentialsTest {
    private static final String SPEC = """
            name: acme
            hosts: {api: "https://api.acme.example", login: "https://login.acme.example"}
            auth:
              kind: token
              request:
                host: login
                path: /v1/oauth/access_token
                form: {grant_type: client_credentials, client_id: "${client-id}", client_secret: "${client-secret}"}
              token: access_token
              expires-in: expires_in
            quota: [{calls: 60, per: 60s}]
            re-ask: hold
            operations:
              person:
                entity: person
                needs: [[email]]
                request: {method: get, path: /people, query: {email: "${email}"}}
                confidence: {otherwise: 0.5}
                credits: {worst: 1}
                fields: {person: {title: title}}
            """;
    private static final Map<String, String> KEY = Map.of("client-id", "our id", "client-secret", "s&cret");

    private final List<HttpCall> asked = new ArrayList<>();
    private final Deque<CompletableFuture<HttpAnswer>> answers = new ArrayDeque<>();
    private final FakeTime time = new FakeTime();

    private static CompletableFuture<HttpAnswer> answer(int status, String body) {
        return CompletableFuture.completedFuture(
                new HttpAnswer(status, Map.of(), body.getBytes(StandardCharsets.UTF_8)));
    }

    private static CompletableFuture<HttpAnswer> token(String token, int seconds) {
        return answer(200, "{\"access_token\": \"" + token + "\", \"expires_in\": " + seconds + "}");
    }

    private static Auth.Token auth(String spec) {
        return (Auth.Token) ProviderSpec.parse("acme.yaml", spec).auth();
    }

    private TokenCredentials credentials(List<Map<String, String>> keys) {
        return new TokenCredentials(
                "acme",
                auth(SPEC),
                keys,
                call -> {
                    asked.add(call);
                    return answers.removeFirst();
                },
                time::schedule);
    }

    private static String sent(Credentials credentials) {
        HttpCall call = new HttpCall(
                "GET", URI.create("https://api.acme.example/people"), Map.of(), new byte[0], Duration.ofSeconds(1));
        return credentials.apply(call, 0).headers().get("Authorization");
    }

    @Test
    void aTokenIsFetchedForThePartsOfTheKeyAndSentInItsPlace() {
        answers.add(token("t1", 3600));
        TokenCredentials credentials = credentials(List.of(KEY));
        assertEquals("Bearer t1", sent(credentials));
        HttpCall request = asked.get(0);
        assertEquals(URI.create("https://login.acme.example/v1/oauth/access_token"), request.uri());
        assertEquals(
                "grant_type=client_credentials&client_id=our+id&client_secret=s%26cret",
                new String(request.body(), StandardCharsets.UTF_8));
        assertFalse((credentials + " " + request).contains("s&cret"));
    }

    @Test
    void isRenewedWhenNineTenthsOfItsTimeAreOver() {
        answers.add(token("t1", 1000));
        TokenCredentials credentials = credentials(List.of(KEY));
        answers.add(token("t2", 1000));
        time.runFor(Duration.ofSeconds(899));
        assertEquals("Bearer t1", sent(credentials));
        time.runFor(Duration.ofSeconds(2));
        assertEquals("Bearer t2", sent(credentials));
    }

    @Test
    void aRefusedTokenIsRenewedOnceHoweverManyCallsReportIt() {
        answers.add(token("t1", 3600));
        TokenCredentials credentials = credentials(List.of(KEY));
        CompletableFuture<HttpAnswer> slow = new CompletableFuture<>();
        answers.add(slow);
        assertTrue(credentials.renew(0));
        assertTrue(credentials.renew(0));
        assertEquals(2, asked.size());
        slow.complete(token("t2", 3600).join());
        assertEquals("Bearer t2", sent(credentials));
    }

    @Test
    void aRenewalThatFailsKeepsTheTokenAndIsTriedAgain() {
        answers.add(token("t1", 1000));
        TokenCredentials credentials = credentials(List.of(KEY));
        answers.add(answer(503, ""));
        answers.add(CompletableFuture.failedFuture(TransportException.noAnswer("timeout")));
        answers.add(token("t2", 1000));
        time.runFor(Duration.ofSeconds(915));
        assertEquals("Bearer t1", sent(credentials));
        time.runFor(Duration.ofSeconds(10));
        assertEquals("Bearer t2", sent(credentials));
    }

    @Test
    void aKeyWithoutATokenStopsBeforeAnyCallAndSaysNoSecret() {
        answers.add(answer(401, "{\"error\": \"s&cret is wrong\"}"));
        NoTokenException refused = assertThrows(NoTokenException.class, () -> credentials(List.of(KEY)));
        assertTrue(refused.getMessage().contains("acme gave no token"), refused.getMessage());
        assertTrue(refused.getMessage().contains("401"), refused.getMessage());
        assertFalse(refused.getMessage().contains("s&cret"), refused.getMessage());
        assertEquals(
                "the key lacks the part client-secret; it has client-id",
                assertThrows(IllegalArgumentException.class, () -> credentials(List.of(Map.of("client-id", "x"))))
                        .getMessage());
    }

    @Test
    void userAndPasswordMayGoAsBasic() {
        String basic = SPEC.replace(
                "form: {grant_type: client_credentials, client_id: \"${client-id}\", client_secret: \"${client-secret}\"}",
                "basic: true\n    form: {grant_type: client_credentials}");
        HttpCall request = auth(basic).exchange().request(KEY);
        assertEquals("Basic b3VyIGlkOnMmY3JldA==", request.headers().get("Authorization"));
        HttpCall moved = ((Auth.Token) ProviderSpec.parse("acme.yaml", SPEC)
                        .behind(URI.create("http://127.0.0.1:1/acme"))
                        .auth())
                .exchange()
                .request(KEY);
        assertEquals(URI.create("http://127.0.0.1:1/acme-login/v1/oauth/access_token"), moved.uri());
    }
}
