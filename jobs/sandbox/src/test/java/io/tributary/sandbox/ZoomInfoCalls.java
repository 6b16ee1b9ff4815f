package io.tributary.sandbox;

import io.tributary.sandbox.fault.FaultProfile;
import io.tributary.sandbox.ledger.CallEntry;
import io.tributary.sandbox.wire.Reply;
import io.tributary.sandbox.wire.Truth;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;

/** Calls of ZoomInfo's GTM surface, and what was booked of them. */
final class ZoomInfoCalls {
    static final String TOKEN = "/zoominfo/gtm/oauth/v1/token";
    static final String CONTACTS = "/zoominfo/gtm/data/v1/contacts/enrich";
    static final String COMPANIES = "/zoominfo/gtm/data/v1/companies/enrich";
    static final String GRANT = "grant_type=client_credentials";
    static final String BASIC = "Basic "
            + Base64.getEncoder()
                    .encodeToString("sandbox-zoominfo-id:sandbox-zoominfo-secret".getBytes(StandardCharsets.UTF_8));
    static final String ADA = "{\"emailAddress\":\"Ada.Example@acme.example\"}";
    static final String BO = "{\"firstName\":\"Bo\",\"lastName\":\"Sample\",\"companyName\":\"Other\"}";

    private ZoomInfoCalls() {}

    static Asking asking(ManualClock clock, double rate, FaultProfile faults) {
        return Asking.of(SandboxOptions.builder()
                .clock(clock)
                .matchRate(rate)
                .quotasOff()
                .faults(faults));
    }

    /** Of all quirks this one only. */
    static Asking showing(ManualClock clock, String quirk, double rate) {
        return asking(
                clock, 1, FaultProfile.parse("{\"quirks\": {\"all\": 0, \"zoominfo." + quirk + "\": " + rate + "}}"));
    }

    static Reply token(Asking asking, String form, String authorization) {
        return asking.send(
                        "POST",
                        TOKEN,
                        form,
                        authorization.isEmpty() ? Map.of() : Map.of("authorization", authorization))
                .reply();
    }

    static Reply send(Asking asking, String uri, String body) {
        String token =
                Asking.json(token(asking, GRANT, BASIC)).path("access_token").asText();
        return asking.send("POST", uri, body, Map.of("authorization", "Bearer " + token))
                .reply();
    }

    static Reply contacts(Asking asking, String... inputs) {
        return send(
                asking,
                CONTACTS,
                "{\"data\":{\"type\":\"ContactEnrich\",\"attributes\":{\"matchPersonInput\":["
                        + String.join(",", inputs)
                        + "],\"outputFields\":[\"id\",\"firstName\",\"lastName\",\"email\",\"jobTitle\",\"companyName\"]}}}");
    }

    static Reply companies(Asking asking, String... inputs) {
        return send(
                asking,
                COMPANIES,
                "{\"data\":{\"type\":\"CompanyEnrich\",\"attributes\":{\"matchCompanyInput\":["
                        + String.join(",", inputs) + "],\"outputFields\":[\"id\",\"name\",\"revenue\"]}}}");
    }

    static String status(Reply reply, int item) {
        return Asking.json(reply).at("/data/" + item + "/meta/matchStatus").asText();
    }

    static double billed(Asking asking) {
        return asking.gateway().ledger().counts("zoominfo").billedCredits();
    }

    /** What the latest answer about each input means. */
    static Map<String, Truth> truths(Asking asking) {
        return asking.gateway().ledger().entries("zoominfo").stream()
                .filter(entry -> !entry.entity().isEmpty())
                .collect(Collectors.toMap(CallEntry::input, CallEntry::truth, (old, young) -> young));
    }
}
