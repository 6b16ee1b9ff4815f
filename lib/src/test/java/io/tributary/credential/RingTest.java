package io.tributary.credential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.call.Ticket;
import io.tributary.provider.Auth;
import io.tributary.provider.HttpAnswer;
import io.tributary.provider.HttpCall;
import io.tributary.provider.ProviderSpec;
import io.tributary.secret.Secret;
import io.tributary.secret.SecretRef;
import io.tributary.secret.SecretSource;
import io.tributary.secret.SecretUnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A rotation set over its life: values that change where they are kept, tokens that end, keys that are refused. */
class RingTest {
    private static final String HEAD = """
            name: acme
            hosts: {api: "https://api.acme.example", login: "https://login.acme.example"}
            """;
    private static final String TAIL = """
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
    private static final String TOKEN = """
            auth:
              kind: token
              request:
                host: login
                path: /v1/oauth/access_token
                form: {grant_type: client_credentials, client_id: "${client-id}", client_secret: "${client-secret}"}
              token: access_token
              expires-in: expires_in
            """;
    private static final String REFRESH = """
            auth:
              kind: token
              request: {host: login, path: /token, form: {grant_type: refresh_token, refresh_token: "${refresh-token}"}}
              token: access_token
              refresh-token: refresh_token
              lifetime: 10m
            """;

    private final Map<String, String> kept = new HashMap<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<HttpCall> asked = new ArrayList<>();
    private final Deque<CompletableFuture<HttpAnswer>> answers = new ArrayDeque<>();
    private final SettableClock clock = new SettableClock();

    private final SecretSource store = new SecretSource() {
        @Override
        public Secret resolve(SecretRef ref) {
            if (!kept.containsKey(ref.name())) {
                throw new SecretUnavailableException(ref, "it is gone");
            }
            return new Secret(ref, kept.get(ref.name()));
        }

        @Override
        public void replace(SecretRef ref, String value) {
            kept.put(ref.name(), value);
        }
    };

    private Ring ring(String auth, List<Map<String, SecretRef>> keys) {
        return new Ring(
                "acme",
                ProviderSpec.parse("acme.yaml", HEAD + auth + TAIL).auth(),
                keys,
                store,
                (call, mayLeave) -> {
                    asked.add(call);
                    return answers.removeFirst();
                },
                clock,
                Duration.ofMinutes(5),
                warnings::add);
    }

    private Ring plain(String... names) {
        return ring(
                "auth: {kind: bearer}\n",
                Stream.of(names)
                        .map(name -> Map.of(Auth.KEY, SecretRef.parse("env:" + name)))
                        .toList());
    }

    private Ring tokens() {
        kept.put("ID", "our id");
        kept.put("SECRET", "s&cret");
        return ring(
                TOKEN,
                List.of(Map.of(
                        "client-id", SecretRef.parse("env:ID"), "client-secret", SecretRef.parse("env:SECRET"))));
    }

    private void answer(int status, String body) {
        answers.add(CompletableFuture.completedFuture(
                new HttpAnswer(status, Map.of(), body.getBytes(StandardCharsets.UTF_8))));
    }

    private void token(String token, int seconds) {
        answer(200, "{\"access_token\": \"" + token + "\", \"expires_in\": " + seconds + "}");
    }

    private static List<String> used(Grants grants) {
        return grants.keys().stream()
                .map(grant -> grant.live() ? grant.parts().get(Auth.KEY) : "-")
                .toList();
    }

    private static Ticket ticket(Grants grants, int key) {
        return new Ticket(key, grants.keys().get(key).version());
    }

    @Test
    void aKeyThatIsRefusedIsOutAndItsReferenceIsTold() {
        kept.putAll(Map.of("OLD", "k1", "NEW", "k2"));
        Ring ring = plain("OLD", "NEW");
        Grants before = ring.grants();
        assertEquals(List.of("k1", "k2"), used(before));
        Grants after = ring.refused(ticket(before, 0));
        assertEquals(List.of("-", "k2"), used(after));
        assertEquals(1, warnings.size(), warnings.toString());
        assertTrue(warnings.get(0).contains("env:OLD") && !warnings.get(0).contains("k1"), warnings.get(0));
        ring.used(List.of(new KeyUse(0, 7, 1, 1000), new KeyUse(1, 3, 0, 2000)));
        assertEquals(
                List.of(
                        new KeyReport("acme", "env:OLD", false, "refused", 7, 1, 1000),
                        new KeyReport("acme", "env:NEW", true, "", 3, 0, 2000)),
                ring.report());
    }

    @Test
    void whatSeveralCallsReportOfOneKeyCountsOnce() {
        kept.putAll(Map.of("OLD", "k1", "NEW", "k2"));
        Ring ring = plain("OLD", "NEW");
        Ticket first = ticket(ring.grants(), 0);
        ring.refused(first);
        assertEquals(List.of("-", "k2"), used(ring.refused(first)));
        assertEquals(1, warnings.size());
    }

    @Test
    void aRefusedKeyThatWasReplacedWhereItIsKeptGoesOn() {
        kept.put("KEY", "k1");
        Ring ring = plain("KEY");
        Grants before = ring.grants();
        kept.put("KEY", "k2");
        Grants after = ring.refused(ticket(before, 0));
        assertEquals(List.of("k2"), used(after));
        assertEquals(List.of(), warnings);
        assertEquals(List.of("k2"), used(ring.refused(ticket(before, 0))), "a late report is of the old value");
    }

    @Test
    void theStoreIsReadAgainAtItsIntervalAndRevivesAKey() {
        kept.put("KEY", "k1");
        Ring ring = plain("KEY");
        Grants first = ring.grants();
        assertEquals(Duration.ofMinutes(5), first.validFor());
        ring.refused(ticket(first, 0));
        kept.put("KEY", "k2");
        assertEquals(List.of("-"), used(ring.grants()), "not yet");
        clock.pass(Duration.ofMinutes(5));
        assertEquals(List.of("k2"), used(ring.grants()));
        kept.remove("KEY");
        clock.pass(Duration.ofMinutes(5));
        assertEquals(List.of("k2"), used(ring.grants()), "a store that is away takes nothing away");
    }

    @Test
    void aTokenIsFetchedForThePartsOfTheKeyAndStandsInTheirPlace() {
        token("t1", 3600);
        Grants grants = tokens().grants();
        assertEquals(
                List.of(Map.of(Auth.KEY, "t1")),
                grants.keys().stream().map(Grant::parts).toList());
        HttpCall request = asked.get(0);
        assertEquals(
                "https://login.acme.example/v1/oauth/access_token",
                request.uri().toString());
        assertEquals(
                "grant_type=client_credentials&client_id=our+id&client_secret=s%26cret",
                new String(request.body(), StandardCharsets.UTF_8));
        assertFalse((grants + " " + request).contains("s&cret"));
        assertFalse(grants.toString().contains("t1"));
    }

    @Test
    void aTokenIsRenewedWhenNineTenthsOfItsTimeAreOver() {
        token("t1", 100);
        Ring ring = tokens();
        assertEquals(Duration.ofSeconds(90), ring.grants().validFor());
        clock.pass(Duration.ofSeconds(89));
        assertEquals(List.of("t1"), used(ring.grants()));
        token("t2", 100);
        clock.pass(Duration.ofSeconds(1));
        assertEquals(List.of("t2"), used(ring.grants()));
        answer(503, "{}");
        clock.pass(Duration.ofSeconds(90));
        Grants kept = ring.grants();
        assertEquals(List.of("t2"), used(kept), "the old one is good for a while yet");
        assertEquals(Duration.ofSeconds(10), kept.validFor());
    }

    @Test
    void aTokenThatIsRefusedIsRenewedUnlessItIsNew() {
        token("t1", 3600);
        Ring ring = tokens();
        Grants first = ring.grants();
        clock.pass(Duration.ofMinutes(2));
        token("t2", 3600);
        Grants second = ring.refused(ticket(first, 0));
        assertEquals(List.of("t2"), used(second));
        assertEquals(List.of("-"), used(ring.refused(ticket(second, 0))));
        assertEquals(2, asked.size());
    }

    @Test
    void aKeyWithoutATokenIsOutAndTheReasonHoldsNoSecret() {
        answer(401, "{\"error\": \"s&cret is wrong\"}");
        Ring ring = tokens();
        assertEquals(List.of("-"), used(ring.grants()));
        assertEquals("no_token", ring.report().get(0).reason());
        assertEquals(List.of("acme gave no token: it answered with 401; check the parts of its key"), warnings);
    }

    @Test
    void aRefreshTokenThatIsVoidAfterItsUseIsReplacedWhereItIsKept() {
        kept.put("/keys/refresh", "r1");
        Ring ring = ring(REFRESH, List.of(Map.of("refresh-token", SecretRef.parse("file:/keys/refresh"))));
        answer(200, "{\"access_token\": \"t1\", \"refresh_token\": \"r2\"}");
        assertEquals(List.of("t1"), used(ring.grants()));
        assertEquals("r2", kept.get("/keys/refresh"));
        clock.pass(Duration.ofMinutes(9));
        answer(200, "{\"access_token\": \"t2\", \"refresh_token\": \"r3\"}");
        assertEquals(List.of("t2"), used(ring.grants()));
        assertEquals(
                "grant_type=refresh_token&refresh_token=r2",
                new String(asked.get(1).body(), StandardCharsets.UTF_8));
        assertEquals("r3", kept.get("/keys/refresh"));
    }
}
