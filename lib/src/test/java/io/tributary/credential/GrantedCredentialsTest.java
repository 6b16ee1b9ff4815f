package io.tributary.credential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.call.Signed;
import io.tributary.call.Ticket;
import io.tributary.provider.Auth;
import io.tributary.provider.HttpCall;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class GrantedCredentialsTest {
    private static final HttpCall CALL = new HttpCall(
            "GET", URI.create("https://api.acme.example/people"), Map.of(), new byte[0], Duration.ofSeconds(1));

    private final List<CompletableFuture<Grants>> questions = new ArrayList<>();
    private final List<Runnable> due = new ArrayList<>();
    private final List<List<KeyUse>> reports = new ArrayList<>();

    private final KeySource desk = new KeySource() {
        @Override
        public CompletionStage<Grants> grants(String provider) {
            return question();
        }

        @Override
        public CompletionStage<Grants> refused(String provider, Ticket ticket) {
            return question();
        }

        private CompletionStage<Grants> question() {
            CompletableFuture<Grants> answer = questions.isEmpty()
                    ? CompletableFuture.completedFuture(GrantedCredentialsTest.grants(live(1, "k1"), live(1, "k2")))
                    : new CompletableFuture<>();
            questions.add(answer);
            return answer;
        }

        @Override
        public void used(String provider, List<KeyUse> uses) {
            reports.add(uses);
        }
    };

    private static Grant live(long version, String key) {
        return new Grant(version, true, Map.of(Auth.KEY, key));
    }

    private static Grant dead(long version) {
        return new Grant(version, false, Map.of());
    }

    private static Grants grants(Grant... keys) {
        return new Grants(List.of(keys), Duration.ofMinutes(1));
    }

    private GrantedCredentials credentials() {
        return new GrantedCredentials(
                "acme", new Auth.Bearer(), desk, (delay, action) -> due.add(action), new SettableClock());
    }

    private static String sent(GrantedCredentials credentials) {
        return credentials
                .sign(CALL)
                .map(signed -> signed.call().headers().get("Authorization"))
                .orElse("nothing");
    }

    @Test
    void theFirstKeyThatIsLiveIsUsed() {
        GrantedCredentials credentials = credentials();
        assertEquals("Bearer k1", sent(credentials));
        Ticket first = credentials.sign(CALL).map(Signed::ticket).orElseThrow();
        CompletableFuture<Boolean> another = credentials.refused(first).toCompletableFuture();
        assertFalse(another.isDone());
        questions.get(1).complete(grants(dead(1), live(1, "k2")));
        assertTrue(another.join());
        assertEquals("Bearer k2", sent(credentials));
        assertTrue(credentials.refused(first).toCompletableFuture().join(), "found out already");
        assertEquals(2, questions.size(), "and nobody is asked");
    }

    @Test
    void withoutALiveKeyThereIsNoCall() {
        GrantedCredentials credentials = credentials();
        Ticket first = credentials.sign(CALL).map(Signed::ticket).orElseThrow();
        CompletableFuture<Boolean> another = credentials.refused(first).toCompletableFuture();
        questions.get(1).complete(grants(dead(1), dead(1)));
        assertFalse(another.join());
        assertEquals(Optional.empty(), credentials.sign(CALL));
    }

    @Test
    void anAnswerThatWasOvertakenChangesNothing() {
        GrantedCredentials credentials = credentials();
        due.remove(0).run();
        CompletableFuture<Boolean> another =
                credentials.refused(new Ticket(0, 1)).toCompletableFuture();
        questions.get(2).complete(grants(dead(1), live(2, "k2 renewed")));
        assertTrue(another.join());
        questions.get(1).complete(grants(live(1, "k1"), live(1, "k2")));
        assertEquals("Bearer k2 renewed", sent(credentials));
        due.remove(0).run();
        questions.get(3).complete(grants(live(2, "k1 replaced"), live(2, "k2 renewed")));
        assertEquals("Bearer k1 replaced", sent(credentials), "a newer version is a newer fact");
    }

    @Test
    void grantsAreAskedForAgainBeforeTheyEndAndADeskThatIsAwayTakesNothingAway() {
        GrantedCredentials credentials = credentials();
        due.remove(0).run();
        questions.get(1).completeExceptionally(new IllegalStateException("away"));
        assertEquals("Bearer k1", sent(credentials));
        assertEquals(1, due.size(), "it asks again");
        due.remove(0).run();
        questions.get(2).complete(grants(live(2, "k3"), live(1, "k2")));
        assertEquals("Bearer k3", sent(credentials));
    }

    @Test
    void tellsWhatEachKeyWasUsedForOnce() {
        GrantedCredentials credentials = credentials();
        sent(credentials);
        sent(credentials);
        credentials.refused(new Ticket(0, 1));
        questions.get(1).complete(grants(dead(1), live(1, "k2")));
        sent(credentials);
        credentials.report();
        credentials.report();
        long now = new SettableClock().millis();
        assertEquals(List.of(List.of(new KeyUse(0, 2, 1, now), new KeyUse(1, 1, 0, now))), reports);
    }

    @Test
    void aProviderWithoutALiveKeyCannotBeAsked() {
        KeySource empty = new KeySource() {
            @Override
            public CompletionStage<Grants> grants(String provider) {
                return CompletableFuture.completedFuture(GrantedCredentialsTest.grants(dead(0)));
            }

            @Override
            public CompletionStage<Grants> refused(String provider, Ticket ticket) {
                throw new AssertionError();
            }

            @Override
            public void used(String provider, List<KeyUse> uses) {}
        };
        assertThrows(
                NoKeyException.class,
                () -> new GrantedCredentials(
                        "acme", new Auth.Bearer(), empty, (delay, action) -> {}, new SettableClock()));
    }
}
