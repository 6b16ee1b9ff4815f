package io.tributary.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.sandbox.fault.FaultProfile;
import io.tributary.sandbox.ledger.CallEntry;
import io.tributary.sandbox.wire.Reply;
import io.tributary.sandbox.wire.Truth;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Calls of ZoomInfo's Enterprise API, and what was booked of them. */
final class ZoomInfoLegacyCalls {
    static final String LOGIN = "/zoominfo-legacy/authenticate";
    static final String PASSWORD =
            "{\"username\":\"sandbox-zoominfo-user\",\"password\":\"sandbox-zoominfo-password\"}";
    static final String ADA = "{\"emailAddress\":\"Ada.Example@acme.example\"}";
    static final String BO = "{\"firstName\":\"Bo\",\"lastName\":\"Sample\",\"companyName\":\"Other\"}";

    private ZoomInfoLegacyCalls() {}

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
                clock,
                1,
                FaultProfile.parse("{\"quirks\": {\"all\": 0, \"zoominfo-legacy." + quirk + "\": " + rate + "}}"));
    }

    static Reply login(Asking asking, String body) {
        return asking.send("POST", LOGIN, body, Map.of()).reply();
    }

    static Reply send(Asking asking, String path, String body) {
        String token = Asking.json(login(asking, PASSWORD)).path("jwt").asText();
        return asking.send(
                        path.equals("/lookup/usage") ? "GET" : "POST",
                        "/zoominfo-legacy" + path,
                        body,
                        Map.of("authorization", "Bearer " + token))
                .reply();
    }

    static String contacts(String... inputs) {
        return "{\"matchPersonInput\":[" + String.join(",", inputs)
                + "],\"outputFields\":[\"id\",\"firstName\",\"lastName\",\"email\",\"jobTitle\",\"companyName\","
                + "\"hasCanadianEmail\",\"personHasMoved\",\"lastUpdatedDate\"]}";
    }

    static Reply enrich(Asking asking, String... inputs) {
        return send(asking, "/enrich/contact", contacts(inputs));
    }

    static String[] people(int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> "{\"emailAddress\":\"p" + i + "@firm" + i + ".example\"}")
                .toArray(String[]::new);
    }

    static JsonNode item(Reply reply, int item) {
        return Asking.json(reply).at("/data/result/" + item);
    }

    static double billed(Asking asking) {
        return asking.gateway().ledger().counts("zoominfo-legacy").billedCredits();
    }

    /** What the latest answer about each input means. */
    static Map<String, Truth> truths(Asking asking) {
        return asking.gateway().ledger().entries("zoominfo-legacy").stream()
                .filter(entry -> !entry.entity().isEmpty())
                .collect(Collectors.toMap(CallEntry::input, CallEntry::truth, (old, young) -> young));
    }
}
