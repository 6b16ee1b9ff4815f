package io.tributary.provider;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How a token is asked for. Immutable.
 *
 * @param host the name of the host that gives tokens
 * @param form fields of a form; empty where there is a body or none
 * @param basic whether user and password go as HTTP Basic
 * @param assertion what the client signs, for {@code ${assertion}}
 */
record TokenRequest(
        String host,
        URI base,
        String path,
        Map<String, Template> form,
        Optional<JsonTemplate> body,
        Map<String, Template> headers,
        boolean basic,
        Optional<Assertion> assertion,
        Duration deadline) {
    /** The name of what the client signs, where it may stand like a part of the key. */
    static final String ASSERTION = "assertion";

    TokenRequest {
        form = new LinkedHashMap<>(form);
        headers = new LinkedHashMap<>(headers);
    }

    TokenRequest at(URI other) {
        return new TokenRequest(host, other, path, form, body, headers, basic, assertion, deadline);
    }

    /** The parts that it names. */
    Set<String> used() {
        Set<String> used = new TreeSet<>();
        form.values().forEach(text -> used.addAll(text.used()));
        headers.values().forEach(text -> used.addAll(text.used()));
        body.ifPresent(json -> used.addAll(json.used()));
        assertion.ifPresent(signed -> {
            signed.claims().values().forEach(text -> used.addAll(text.used()));
            signed.keyId().ifPresent(text -> used.addAll(text.used()));
            used.add(signed.key());
        });
        used.remove(ASSERTION);
        return used;
    }

    /** @throws IllegalArgumentException if a part is missing or can't be used; the message holds no secret */
    HttpCall call(Parts key, Instant now) {
        Parts parts = assertion
                .map(signed -> key.with(ASSERTION, signed.signed(key, now)))
                .orElse(key);
        Map<String, String> all = new LinkedHashMap<>();
        headers.forEach((name, value) -> all.put(name, parts.fill(value)));
        all.putIfAbsent("Accept", "application/json");
        if (basic) {
            byte[] pair = parts.pair().getBytes(StandardCharsets.UTF_8);
            all.put("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
        }
        String content = "";
        if (!form.isEmpty()) {
            all.putIfAbsent("Content-Type", "application/x-www-form-urlencoded");
            content = form(parts);
        } else if (body.isPresent()) {
            all.putIfAbsent("Content-Type", "application/json");
            body.get().used().forEach(parts::get);
            content = body.get().fill(parts::find, Map.of()).orElseThrow().toString();
        }
        URI uri = URI.create(base.toString().replaceFirst("/+$", "") + path);
        return new HttpCall("POST", uri, all, content.getBytes(StandardCharsets.UTF_8), deadline);
    }

    private String form(Parts parts) {
        StringBuilder text = new StringBuilder();
        form.forEach((name, value) -> text.append(text.isEmpty() ? "" : "&")
                .append(encode(name))
                .append('=')
                .append(encode(parts.fill(value))));
        return text.toString();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
