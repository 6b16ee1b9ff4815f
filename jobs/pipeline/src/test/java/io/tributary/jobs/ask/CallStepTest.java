package io.tributary.jobs.ask;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tributary.secret.SecretRef;
import io.tributary.settings.Credential;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** What the call step does when a provider, a key or an account does not do what it should. */
class CallStepTest extends CallStepRun {
    @Test
    void whatStaysOpenWhenCreditsEndIsCountedToTheLastKey() throws IOException {
        List<NotAnswered> open = run((exchange, call) -> reply(exchange, call <= 10 ? 200 : 402, MATCH));

        assertEquals(10, matched());
        assertEquals(List.of(new NotAnswered("http_402", KEYS - 10)), open);
        Assertions.assertTrue(asked.size() <= 10 + 4, asked.size() + " calls after the credits were gone");
    }

    @Test
    void aTokenIsFetchedOnceForAllTasksOfAProcess() throws IOException {
        List<String> tokens = Collections.synchronizedList(new ArrayList<>());
        List<NotAnswered> open = run(
                (exchange, call) -> {
                    if (exchange.getRequestURI().getPath().equals("/token")) {
                        tokens.add(asked.get(call - 1));
                        reply(exchange, 200, "{\"jwt\": \"t1\"}");
                    } else {
                        boolean known =
                                "Bearer t1".equals(exchange.getRequestHeaders().getFirst("Authorization"));
                        reply(exchange, known ? 200 : 401, known ? MATCH : "{}");
                    }
                },
                specWithTokens(),
                keyInParts());

        assertEquals(List.of(), open);
        assertEquals(KEYS, matched());
        assertEquals(List.of("id=our-id&secret=our-secret"), tokens);
    }

    @Test
    void aProviderThatGivesNoTokenIsOffAndNothingElseBreaks() throws IOException {
        List<NotAnswered> open = run((exchange, call) -> reply(exchange, 503, "{}"), specWithTokens(), keyInParts());

        assertEquals(List.of(new NotAnswered("no_key", KEYS)), open);
        assertEquals(List.of("example gave no token: it answered with 503; check the parts of its key"), warnings);
        assertEquals(List.of("id=our-id&secret=our-secret"), asked);
    }

    @Test
    void anAccountThatCantBeReadIsANoteAndNothingElse() throws IOException {
        List<NotAnswered> open = run(
                (exchange, call) -> {
                    boolean account = exchange.getRequestURI().getPath().equals("/account");
                    reply(exchange, account ? 403 : 200, account ? "{}" : MATCH);
                },
                specWithABalance(),
                keyInParts());

        assertEquals(List.of(), open);
        assertEquals(KEYS, matched());
        assertEquals(KEYS + 2, asked.size(), "a look before and one after, each once");
        assertEquals(
                List.of("the account of example could not be read: http_403"),
                warnings.stream().distinct().toList());
    }

    private static String specWithABalance() throws IOException {
        return Files.readString(Path.of("../../conf/providers/example.yaml"))
                .replaceFirst("(?m)^auth: .*$", "auth: {kind: headers, headers: {X-Id: \"\\${client-id}\"}}")
                .replaceFirst(
                        "(?m)^operations:$",
                        "balance: {request: {method: get, path: /account}, remaining: left}\noperations:");
    }

    private static String specWithTokens() throws IOException {
        return Files.readString(Path.of("../../conf/providers/example.yaml"))
                .replaceFirst(
                        "(?m)^auth: .*$",
                        "auth: {kind: token, request: {path: /token, form: {id: \"\\${client-id}\","
                                + " secret: \"\\${client-secret}\"}}, token: jwt, lifetime: 1h}");
    }

    private List<Credential> keyInParts() throws IOException {
        Path id = Files.writeString(dir.resolve("id"), "our-id");
        Path secret = Files.writeString(dir.resolve("secret"), "our-secret");
        return List.of(new Credential(Map.of(
                "client-id", SecretRef.parse("file:" + id),
                "client-secret", SecretRef.parse("file:" + secret))));
    }
}
