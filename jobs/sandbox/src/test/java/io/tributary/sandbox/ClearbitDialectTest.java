package io.tributary.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.sandbox.fault.FaultProfile;
import io.tributary.sandbox.ledger.Counts;
import io.tributary.sandbox.wire.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClearbitDialectTest {
    private static final String ADA = "/clearbit-person/v2/people/find?email=ada.example%40acme.example";
    private final ManualClock clock = new ManualClock();

    private SandboxOptions.Builder ready(double matchRate) {
        return SandboxOptions.builder().clock(clock).matchRate(matchRate).pending(0, Duration.ZERO);
    }

    @Test
    void takesTheKeyAsBasicUserOrAsBearerToken() {
        Asking asking = Asking.of(ready(1));
        String basic = Base64.getEncoder().encodeToString("sk_sandbox_clearbit:".getBytes(StandardCharsets.UTF_8));
        for (String form : new String[] {"Basic " + basic, "Bearer sk_sandbox_clearbit"}) {
            assertEquals(
                    200,
                    asking.send("GET", ADA, "", Map.of("authorization", form))
                            .reply()
                            .status());
        }
        assertEquals("auth_required", type(asking.send("GET", ADA, "", Map.of()).reply()));
        Reply wrong = asking.send("GET", ADA, "", Map.of("authorization", "Bearer sk_other"))
                .reply();
        assertEquals("invalid_api_key", type(wrong));
        assertEquals("596", wrong.headers().get("x-ratelimit-remaining"), "a refused key lowers the budget too");
    }

    @Test
    void combinedHoldsBothSidesOrNull() {
        JsonNode both = Asking.json(
                Asking.of(ready(1)).get("/clearbit-person/v2/combined/find?email=ada.example%40acme.example"));
        assertEquals("Ada Example", both.at("/person/name/fullName").asText());
        assertEquals("acme.example", both.at("/company/domain").asText());
        JsonNode personOnly =
                Asking.json(Asking.of(ready(1)).get("/clearbit-person/v2/combined/find?email=ada.example%40gmail.com"));
        assertTrue(personOnly.has("company") && personOnly.path("company").isNull());
    }

    @Test
    void billsAMissOnceAndItsRepetitionNever() {
        Asking asking = Asking.of(ready(0));
        assertEquals("unknown_record", type(asking.get(ADA)));
        asking.get(ADA);
        Counts counts = asking.gateway().ledger().counts("clearbit");
        assertEquals(1, counts.billedCredits());
        assertEquals(1, counts.freeRereads());
        assertEquals(0, counts.repeats());
    }

    @Test
    void aQueuedRecordAnswersAfterTheDelayAndIsBilledOnce() {
        Asking asking = Asking.of(ready(1).pending(1, Duration.ofSeconds(2)));
        assertEquals(202, asking.get(ADA).status());
        clock.advance(Duration.ofMillis(1999));
        assertEquals(202, asking.get(ADA).status());
        clock.advance(Duration.ofMillis(1));
        assertEquals(200, asking.get(ADA).status());
        assertEquals(1, asking.gateway().ledger().counts("clearbit").billedCredits());
    }

    @Test
    void aDefaultPartOfRecordsIsQueued() {
        Asking asking = Asking.of(SandboxOptions.builder().quotasOff());
        int queued = 0;
        for (int i = 0; i < 2000; i++) {
            queued += asking.get("/clearbit-company/v2/companies/find?domain=c" + i + ".example")
                                    .status()
                            == 202
                    ? 1
                    : 0;
        }
        assertTrue(queued > 15 && queued < 75, queued + " of 2000");
    }

    @Test
    void refusesRoleAddressesAndTellsTheWrongHostApart() {
        Asking asking = Asking.of(ready(1));
        assertEquals("email_invalid", type(asking.get("/clearbit-person/v2/people/find?email=info%40acme.example")));
        Reply wrongHost = asking.get("/clearbit-person/v2/companies/find?domain=acme.example");
        assertEquals(404, wrongHost.status());
        assertEquals("unknown_route", type(wrongHost));
        assertEquals(0, asking.gateway().ledger().counts("clearbit").billed());
    }

    @Test
    void hostsHaveTheirOwnWindowsAndSayNoRetryAfter() {
        Asking asking = Asking.of(ready(1).quota("clearbit", "1/1m"));
        assertEquals(200, asking.get(ADA).status());
        assertEquals(
                200,
                asking.get("/clearbit-company/v2/companies/find?domain=acme.example")
                        .status());
        Reply refused = asking.get(ADA);
        assertEquals(429, refused.status());
        assertFalse(refused.headers().containsKey("retry-after"));
        assertEquals(
                Long.toString(clock.instant().getEpochSecond() + 60),
                refused.headers().get("x-ratelimit-reset"));
    }

    @Test
    void anInjectedRefusalTellsItsResetAsOddlyAsAsked() {
        for (String form : new String[] {"past", "absurd", "seconds"}) {
            Asking asking = Asking.of(
                    ready(1).faults(FaultProfile.parse("{\"rates\":{\"429\":1},\"retry_after\":\"" + form + "\"}")));
            long reset = Long.parseLong(asking.get(ADA).headers().get("x-ratelimit-reset"));
            long seconds = reset - clock.instant().getEpochSecond();
            assertEquals(
                    Map.of("past", -3600L, "absurd", 31_536_000L, "seconds", 1L).get(form), seconds);
        }
    }

    private static String type(Reply reply) {
        return Asking.json(reply).at("/error/type").asText();
    }
}
