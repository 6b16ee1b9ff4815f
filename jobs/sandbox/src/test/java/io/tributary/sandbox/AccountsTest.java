package io.tributary.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.sandbox.fault.FaultProfile;
import org.junit.jupiter.api.Test;

/** What the accounts tell is what the ledger billed, and when the credits are gone each provider says so in its own way. */
class AccountsTest {
    private static SandboxOptions.Builder knowingAll() {
        return SandboxOptions.builder().quotasOff().matchRate(1);
    }

    private static void agrees(Asking sandbox, String provider, JsonNode used, JsonNode left, double in) {
        double billed = sandbox.gateway().ledger().counts(provider).billedCredits();
        assertEquals(billed, used.asDouble(-1), provider + ": used");
        assertEquals(Math.max(0, in - billed), left.asDouble(-1), provider + ": left");
    }

    @Test
    void accountsTellWhatTheLedgerBilled() {
        Asking sandbox = Asking.of(knowingAll().credits("apollo", 10).credits("lusha", 3));
        assertEquals(
                200,
                sandbox.get("/apollo/api/v1/organizations/enrich?domain=a.example")
                        .status());
        JsonNode apollo = Asking.json(sandbox.post("/apollo/api/v1/usage_stats/credit_usage_stats", ""));
        agrees(sandbox, "apollo", apollo.at("/lead_credit/consumed"), apollo.at("/lead_credit/left_over"), 10);
        assertEquals(1, apollo.at("/lead_credit/consumed").asDouble());

        assertEquals(200, sandbox.get("/lusha/v2/person?email=ada@acme.example").status());
        JsonNode lusha = Asking.json(sandbox.get("/lusha/v3/account/usage"));
        agrees(sandbox, "lusha", lusha.at("/credits/used"), lusha.at("/credits/remaining"), 3);
    }

    @Test
    void creditsThatAreGoneAreToldAsTheProviderTellsThem() {
        Asking sandbox =
                Asking.of(knowingAll().credits("hunter", 1).credits("apollo", 0).credits("lusha", 0));
        String hunter = "/hunter/v2/companies/find?domain=";
        assertEquals(200, sandbox.get(hunter + "a.example").status());
        assertEquals(429, sandbox.get(hunter + "b.example").status());
        assertEquals(
                403,
                sandbox.get("/apollo/api/v1/organizations/enrich?domain=a.example")
                        .status());
        assertEquals(402, sandbox.get("/lusha/v2/person?email=ada@acme.example").status());
        assertEquals(200, sandbox.get("/hunter/v2/account").status(), "the account is free to look at");
        assertEquals(1, sandbox.gateway().ledger().counts("hunter").billedCredits());
    }

    @Test
    void aFaultProfilesWordCountsBeforeTheOption() {
        Asking sandbox = Asking.of(
                knowingAll().credits("hunter", 0).faults(FaultProfile.parse("{\"credits\": {\"hunter\": 5}}")));
        assertEquals(
                200, sandbox.get("/hunter/v2/companies/find?domain=a.example").status());
        assertThrows(
                IllegalArgumentException.class,
                () -> knowingAll().credits("hunter", -1).build());
    }
}
