package io.tributary.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.coordinator.QuotaDesk;
import io.tributary.coordinator.Terms;
import io.tributary.provider.BalanceQuery;
import io.tributary.provider.BalanceReading;
import io.tributary.provider.HttpAnswer;
import io.tributary.provider.HttpCall;
import io.tributary.provider.ProviderSpec;
import io.tributary.provider.QuotaWindow;
import io.tributary.provider.Verdict;
import io.tributary.quota.Admission;
import io.tributary.quota.Gate;
import io.tributary.quota.GateSettings;
import io.tributary.quota.Share;
import io.tributary.quota.TokenPacer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** A look at an account: under the quota, once, and whatever comes of it is a reading. */
class BalanceCallTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final BalanceQuery QUERY =
            ProviderSpec.parse("acme.yaml", """
                    name: acme
                    hosts: {api: "https://api.acme.example"}
                    auth: {kind: none}
                    quota: [{calls: 1, per: 10s}]
                    re-ask: hold
                    balance: {request: {method: get, path: /account}, remaining: left}
                    operations:
                      person:
                        entity: person
                        needs: [[email]]
                        request: {method: get, path: /people, query: {email: "${email}"}}
                        confidence: {otherwise: 0.9}
                        credits: {worst: 1}
                        fields:
                          person: {id: id}
                    """).balance().orElseThrow();

    private final FakeTime time = new FakeTime();
    private final List<String> sent = new ArrayList<>();
    private CompletableFuture<HttpAnswer> exchange = answer(200, "{\"left\": 120}", Map.of());
    private Credentials keys = Credentials.none();

    private static CompletableFuture<HttpAnswer> answer(int status, String body, Map<String, List<String>> headers) {
        return CompletableFuture.completedFuture(
                new HttpAnswer(status, headers, body.getBytes(StandardCharsets.UTF_8)));
    }

    private static Gate gate(QuotaWindow... windows) {
        return new Gate(List.of(windows), GateSettings.of(Share.ALL, 1), TokenPacer::new, InstantSource.system());
    }

    private CompletableFuture<BalanceReading> look(Gate gate) {
        Transport transport = (call, mayLeave) -> {
            sent.add(call + " " + time.at());
            return exchange;
        };
        return new BalanceCall(time, transport, gate, keys, QUERY, () -> 0.5).start(PATIENCE);
    }

    private BalanceReading read(Gate gate) {
        CompletableFuture<BalanceReading> reading = look(gate);
        for (int tenths = 0; tenths < 100 && !reading.isDone(); tenths++) {
            time.runFor(Duration.ofMillis(100));
        }
        return reading.join();
    }

    @Test
    void bringsWhatTheAccountTells() {
        BalanceReading reading = read(gate());
        assertEquals(OptionalDouble.of(120), reading.balance().orElseThrow().remaining());
        assertEquals(List.of("GET api.acme.example/account @0.0"), sent);
    }

    @Test
    void waitsForRoomInTheQuotaAndTakesIt() {
        Gate gate = gate(new QuotaWindow(1, Duration.ofSeconds(4), false));
        Admission before = gate.admit("other", time.nanos());
        gate.answered(((Admission.Granted) before).permit(), time.nanos());
        assertTrue(read(gate).balance().isPresent());
        assertEquals(List.of("GET api.acme.example/account @4.0"), sent);
        assertFalse(gate.admit("other", time.nanos()) instanceof Admission.Granted, "its place is taken");
    }

    @Test
    void isNotMadeWhereTheQuotaHasNoRoomInTime() {
        Gate gate = gate(new QuotaWindow(1, Duration.ofMinutes(1), false));
        gate.admit("other", time.nanos());
        assertEquals(BalanceReading.unanswered("no_room_in_its_quota"), read(gate));
        assertEquals(List.of(), sent);
    }

    @Test
    void aProviderThatIsOffOrWithoutAKeyIsNotCalled() {
        Gate closed = gate();
        closed.close("rate_limited");
        assertEquals(BalanceReading.unanswered("rate_limited"), read(closed));
        keys = new Credentials() {
            @Override
            public Optional<Signed> sign(HttpCall call) {
                return Optional.empty();
            }

            @Override
            public CompletionStage<Boolean> refused(Ticket ticket) {
                throw new AssertionError("nothing was sent");
            }
        };
        assertEquals(BalanceReading.unanswered("no_key"), read(gate()));
        assertEquals(List.of(), sent);
    }

    @Test
    void aRefusalForTheRateIsEverybodys() {
        Gate gate = gate();
        exchange = answer(429, "{}", Map.of("Retry-After", List.of("7")));
        assertEquals(Verdict.RATE_LIMITED, read(gate).verdict());
        assertEquals(1, sent.size(), "once, whatever comes");
        long pause = gate.report(time.nanos()).pausedNanos();
        assertTrue(pause > 6_900_000_000L && pause < 8_000_000_000L, "all stay away for " + pause + " ns");
    }

    @Test
    void aRefusedKeyIsNobodyElsesBusiness() {
        keys = new Credentials() {
            @Override
            public Optional<Signed> sign(HttpCall call) {
                return Optional.of(new Signed(call, new Ticket(0, 0)));
            }

            @Override
            public CompletionStage<Boolean> refused(Ticket ticket) {
                throw new AssertionError("the key may still ask for people");
            }
        };
        exchange = answer(403, "{}", Map.of());
        assertEquals("http_403", read(gate()).reason());
    }

    @Test
    void noAnswerIsAReadingToo() {
        Gate gate = gate(new QuotaWindow(1, Duration.ofSeconds(4), false));
        exchange = CompletableFuture.failedFuture(TransportException.notSent("connect_refused", null));
        assertEquals(BalanceReading.unanswered("connect_refused"), read(gate));
        exchange = CompletableFuture.failedFuture(TransportException.noAnswer("timeout"));
        assertEquals(BalanceReading.unanswered("timeout"), read(gate), "what was never sent takes no place");
        assertFalse(gate.admit("other", time.nanos()) instanceof Admission.Granted, "what may have been sent does");
    }

    /** As on the driver: a gate of its own, under a name that no executor has, with a part from the run's desk. */
    @Test
    void aLeasedGateTakesItsPartFromWhatOthersHold() {
        List<QuotaWindow> windows = List.of(new QuotaWindow(1, Duration.ofSeconds(2), false));
        QuotaDesk desk = new QuotaDesk(time::nanos, InstantSource.system(), Terms.DEFAULT).with("acme", windows);
        Gate executor =
                Gate.leased(windows, GateSettings.of(Share.ALL, 1), TokenPacer::new, InstantSource.system(), () -> {});
        executor.waiting("people", 1, 1, time.nanos());
        report(desk, "1", executor);
        Admission held = executor.admit("people", time.nanos());
        executor.waiting("people", -1, -1, time.nanos());
        executor.answered(((Admission.Granted) held).permit(), time.nanos());

        Gate own =
                Gate.leased(windows, GateSettings.of(Share.ALL, 1), TokenPacer::new, InstantSource.system(), () -> {});
        CompletableFuture<BalanceReading> reading = look(own);
        for (int beat = 0; beat < 25 && !reading.isDone(); beat++) {
            report(desk, "1", executor);
            report(desk, "balance", own);
            time.runFor(Duration.ofMillis(200));
        }
        report(desk, "balance", own);
        assertTrue(reading.join().balance().isPresent());
        assertEquals(1, sent.size());
        assertTrue(sent.get(0).compareTo("GET api.acme.example/account @2.0") >= 0, sent + ": inside the window");
        assertEquals(2, desk.use().get(0).sent(), "it counts as used, like any call");
    }

    private void report(QuotaDesk desk, String name, Gate gate) {
        long now = time.nanos();
        desk.report(name, "acme", gate.report(now)).ifPresent(lease -> gate.lease(lease, now, time.nanos()));
    }
}
