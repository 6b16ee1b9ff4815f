package io.tributary.sandbox.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One HTTP request as a dialect sees it.
 *
 * @param method upper case
 * @param prefix the first path segment: the simulated host
 * @param path the rest of the path, with its leading slash: the provider's own path
 * @param query decoded parameters
 * @param headers looks a header up by its name, in any case
 * @param body empty if there was none
 * @param clientPort tells connections apart; 0 if the request came over none
 */
public record Request(
        String method,
        String prefix,
        String path,
        Map<String, List<String>> query,
        Function<String, Optional<String>> headers,
        byte[] body,
        int clientPort) {

    /** The first value of a query parameter, stripped, unless blank. */
    public Optional<String> parameter(String name) {
        List<String> values = query.get(name);
        return values == null || values.isEmpty() ? Optional.empty() : present(values.get(0));
    }

    /** A header's value, stripped, unless blank. */
    public Optional<String> header(String name) {
        return headers.apply(name).flatMap(Request::present);
    }

    /** The token of {@code Authorization: Bearer}. */
    public Optional<String> bearerToken() {
        return header("authorization")
                .filter(value -> startsWith(value, "Bearer "))
                .flatMap(value -> present(value.substring(7)));
    }

    /** The user name of {@code Authorization: Basic}; a password after the colon is ignored. */
    public Optional<String> basicUser() {
        return basicPair().flatMap(pair -> {
            int colon = pair.indexOf(':');
            return present(colon < 0 ? pair : pair.substring(0, colon));
        });
    }

    /** What stands in {@code Authorization: Basic}: user name and password with a colon between them. */
    public Optional<String> basicPair() {
        return header("authorization")
                .filter(value -> startsWith(value, "Basic "))
                .flatMap(value -> {
                    try {
                        return present(new String(
                                Base64.getDecoder().decode(value.substring(6).strip()), StandardCharsets.UTF_8));
                    } catch (IllegalArgumentException notBase64) {
                        return Optional.empty();
                    }
                });
    }

    /** The body as a form: decoded names and values, in their order; empty if it is none. */
    public Map<String, List<String>> form() {
        Map<String, List<String>> form = new LinkedHashMap<>();
        String text = new String(body, StandardCharsets.UTF_8);
        if (text.isBlank() || text.startsWith("{")) {
            return form;
        }
        for (String pair : text.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                form.computeIfAbsent(decoded(pair.substring(0, equals)), name -> new ArrayList<>())
                        .add(decoded(pair.substring(equals + 1)));
            }
        }
        return form;
    }

    /** The body as JSON; an empty body is a missing node. An unreadable one is empty. */
    public Optional<JsonNode> json() {
        return Json.read(body);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return text;
        }
    }

    private static boolean startsWith(String value, String scheme) {
        return value.regionMatches(true, 0, scheme, 0, scheme.length());
    }

    private static Optional<String> present(String value) {
        return value.isBlank() ? Optional.empty() : Optional.of(value.strip());
    }
}
