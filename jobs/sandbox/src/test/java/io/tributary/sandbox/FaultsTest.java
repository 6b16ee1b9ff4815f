package io.tributary.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.sandbox.fault.FaultKind;
import io.tributary.sandbox.fault.FaultProfile;
import io.tributary.sandbox.fault.RetryAfter;
import io.tributary.sandbox.ledger.CallEntry;
import io.tributary.sandbox.ledger.Counts;
import io.tributary.sandbox.ledger.Fate;
import io.tributary.sandbox.wire.Json;
import io.tributary.sandbox.wire.Reply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultsTest {
    private static Asking faulty(FaultProfile profile) {
        return Asking.of(SandboxOptions.builder().matchRate(1).quotasOff().faults(profile));
    }

    private static Reply ada(Asking asking) {
        return asking.post("/example/v1/person/enrich", "{\"email\":\"ada@acme.example\"}");
    }

    @ParameterizedTest
    @CsvSource({"500, 500", "503, 503", "400, 400", "422, 422", "402, 402"})
    void aFailureBuysNothingAndStillTellsWhoWasAskedAbout(String fault, int status) {
        Asking asking = faulty(FaultProfile.ofRates(Map.of(FaultKind.of(fault), 1.0)));
        assertEquals(status, ada(asking).status());
        Counts counts = asking.gateway().ledger().counts("example");
        assertEquals(0, counts.billed());
        assertEquals(Map.of(fault, 1L), counts.faults());
        CallEntry entry = asking.gateway().ledger().entries("example").get(0);
        assertEquals("ada@acme.example", entry.input());
        assertEquals(Fate.FAILED, entry.fate());
    }

    @Test
    void anInjectedRefusalIsNotOurFault() {
        Asking asking = faulty(
                FaultProfile.parse("{\"bursts\":[{\"provider\":\"example\",\"at\":1,\"calls\":2,\"kind\":\"429\"}]}"));
        List<Integer> statuses = new ArrayList<>();
        for (int call = 0; call < 4; call++) {
            statuses.add(ada(asking).status());
        }
        assertEquals(List.of(200, 429, 429, 200), statuses);
        Counts counts = asking.gateway().ledger().counts("example");
        assertEquals(2, counts.refusedByFault());
        assertEquals(0, counts.refusedByWindow());
    }

    @ParameterizedTest
    @CsvSource({"hang, HANG", "torn, TORN", "reset, RESET", "broken, WHOLE"})
    void aLostAnswerIsBilledAndItsRepetitionIsToldApart(String fault, Delivery.Manner manner) {
        Asking asking = faulty(FaultProfile.parse("{\"bursts\":[{\"at\":0,\"calls\":1,\"kind\":\"" + fault + "\"}]}"));
        Delivery lost = asking.send(
                "POST",
                "/example/v1/person/enrich",
                "{\"email\":\"ada@acme.example\"}",
                Map.of("x-api-key", "sandbox-example-key"));
        assertEquals(manner, lost.manner());
        assertEquals(1, asking.gateway().ledger().totals().billed());
        ada(asking);
        Counts afterAsking = asking.gateway().ledger().totals();
        assertEquals(1, afterAsking.repeats());
        assertEquals(1, afterAsking.repeatsAfterLost());
        ada(asking);
        assertEquals(2, asking.gateway().ledger().totals().repeats());
        assertEquals(1, asking.gateway().ledger().totals().repeatsAfterLost());
    }

    @Test
    void aBrokenBodyIsNoJson() {
        Reply broken = ada(faulty(FaultProfile.ofRates(Map.of(FaultKind.BROKEN, 1.0))));
        assertEquals(200, broken.status());
        assertTrue(Json.read(broken.body()).isEmpty());
    }

    @Test
    void aKeyStopsWorkingAfterItsCalls() {
        Asking asking = faulty(FaultProfile.parse("{\"revoke\":{\"example\":2}}"));
        assertEquals(200, ada(asking).status());
        assertEquals(200, ada(asking).status());
        assertEquals(401, ada(asking).status());
    }

    @Test
    void creditsEnd() {
        Asking asking = faulty(FaultProfile.parse("{\"credits\":{\"example\":1}}"));
        assertEquals(200, ada(asking).status());
        assertEquals(402, ada(asking).status());
    }

    @Test
    void aLateAnswerIsReadByItsId() {
        Asking asking = faulty(FaultProfile.ofRates(Map.of(FaultKind.PENDING_202, 1.0)));
        Reply accepted = ada(asking);
        assertEquals(202, accepted.status());
        String id = Asking.json(accepted).path("request_id").asText();
        assertEquals(200, asking.get("/example/v1/requests/" + id).status());
    }

    @Test
    void meetsTheSameFaultsWithTheSameSeed() {
        List<List<Integer>> runs = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            Asking asking =
                    faulty(FaultProfile.ofRates(Map.of(FaultKind.ERROR_500, 0.2, FaultKind.UNAVAILABLE_503, 0.2)));
            List<Integer> statuses = new ArrayList<>();
            for (int call = 0; call < 1000; call++) {
                statuses.add(ada(asking).status());
            }
            runs.add(statuses);
        }
        assertEquals(runs.get(0), runs.get(1));
        long failures = runs.get(0).stream().filter(status -> status != 200).count();
        assertTrue(failures > 340 && failures < 460, failures + " of 1000 at 40 %");
    }

    @Test
    void writesEveryFormOfRetryAfter() {
        Instant now = Instant.parse("2026-03-01T02:00:00Z");
        assertEquals(Optional.of("3"), RetryAfter.SECONDS.header(now, 3, 0));
        assertEquals(Optional.of("0"), RetryAfter.ZERO.header(now, 3, 0));
        assertEquals(Optional.empty(), RetryAfter.ABSENT.header(now, 3, 0));
        assertEquals(Optional.of("Sun, 1 Mar 2026 02:00:03 GMT"), RetryAfter.HTTP_DATE.header(now, 3, 0));
        assertEquals(Optional.of("Sun, 1 Mar 2026 01:00:00 GMT"), RetryAfter.PAST.header(now, 3, 0));
        assertEquals(Optional.of("31536000"), RetryAfter.ABSURD.header(now, 3, 0));
        assertEquals(Optional.of("0"), RetryAfter.MIXED.header(now, 3, 7));
    }

    @Test
    void refusesAProfileThatCannotBeMeant() {
        assertThrows(IllegalArgumentException.class, () -> FaultProfile.parse("{\"rates\":{\"500\":0.7,\"503\":0.7}}"));
        assertThrows(IllegalArgumentException.class, () -> FaultProfile.parse("{\"rates\":{\"teapot\":0.1}}"));
        assertThrows(IllegalArgumentException.class, () -> FaultProfile.parse("{\"hang\":\"long\"}"));
        assertThrows(IllegalArgumentException.class, () -> FaultProfile.parse("{\"rate\":{}}"));
    }
}
