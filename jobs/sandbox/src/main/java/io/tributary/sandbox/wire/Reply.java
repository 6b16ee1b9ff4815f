package io.tributary.sandbox.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One HTTP response, and what it costs.
 *
 * @param headers besides length and content type; lower-case names
 * @param charges one per subject that the call asked about; empty if it asked about none
 */
public record Reply(int status, Map<String, String> headers, String contentType, byte[] body, List<Charge> charges) {
    private static final String JSON = "application/json; charset=utf-8";

    public Reply {
        headers = Map.copyOf(headers);
        charges = List.copyOf(charges);
    }

    public static Reply json(int status, JsonNode body, Charge... charges) {
        return new Reply(status, Map.of(), JSON, Json.write(body), List.of(charges));
    }

    public static Reply json(int status, JsonNode body, List<Charge> charges) {
        return new Reply(status, Map.of(), JSON, Json.write(body), charges);
    }

    public static Reply text(int status, String body) {
        return new Reply(
                status, Map.of(), "text/plain; charset=utf-8", body.getBytes(StandardCharsets.UTF_8), List.of());
    }

    public static Reply empty(int status, Charge... charges) {
        return new Reply(status, Map.of(), "text/plain; charset=utf-8", new byte[0], List.of(charges));
    }

    /** This reply with one header more; an existing one is replaced. */
    public Reply withHeader(String name, String value) {
        return withHeaders(Map.of(name, value));
    }

    /** This reply with the header if it has a value. */
    public Reply withHeader(String name, Optional<String> value) {
        return value.map(given -> withHeader(name, given)).orElse(this);
    }

    /** This reply with more headers; existing ones are replaced. */
    public Reply withHeaders(Map<String, String> more) {
        if (more.isEmpty()) {
            return this;
        }
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putAll(more);
        return new Reply(status, all, contentType, body, charges);
    }

    /** This reply above standing headers: where both name one, this reply's counts. */
    public Reply over(Map<String, String> standing) {
        if (headers.isEmpty()) {
            return new Reply(status, standing, contentType, body, charges);
        }
        Map<String, String> all = new LinkedHashMap<>(standing);
        all.putAll(headers);
        return new Reply(status, all, contentType, body, charges);
    }

    public Reply withBody(byte[] other) {
        return new Reply(status, headers, contentType, other, charges);
    }

    public Reply withCharges(List<Charge> others) {
        return new Reply(status, headers, contentType, body, others);
    }
}
