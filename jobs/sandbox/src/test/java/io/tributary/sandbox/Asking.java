package io.tributary.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.tributary.sandbox.wire.Json;
import io.tributary.sandbox.wire.Reply;
import io.tributary.sandbox.wire.Request;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Asks a gateway without any network, with the key of the simulated provider. */
record Asking(Gateway gateway) {
    private static final Map<String, Map<String, String>> KEYS = Map.of(
            "example", Map.of("authorization", "Bearer sandbox-example-key"),
            "clearbit-person", Map.of("authorization", "Bearer sk_sandbox_clearbit"),
            "clearbit-company", Map.of("authorization", "Bearer sk_sandbox_clearbit"),
            "hunter", Map.of("x-api-key", "sandbox-hunter-key"),
            "apollo", Map.of("x-api-key", "sandbox-apollo-key"),
            "lusha", Map.of("api_key", "sandbox-lusha-key"),
            "fullcontact", Map.of("authorization", "Bearer sandbox-fullcontact-key"),
            "peopledatalabs", Map.of("x-api-key", "sandbox-peopledatalabs-key"));

    static Asking of(SandboxOptions.Builder options) {
        return new Asking(new Gateway(options.build()));
    }

    Delivery send(String method, String uri, String body, Map<String, String> headers) {
        QueryStringDecoder decoder = new QueryStringDecoder(uri);
        int slash = decoder.path().indexOf('/', 1);
        return gateway.handle(new Request(
                method,
                decoder.path().substring(1, slash < 0 ? decoder.path().length() : slash),
                slash < 0 ? "" : decoder.path().substring(slash),
                decoder.parameters(),
                name -> Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT))),
                body.getBytes(StandardCharsets.UTF_8),
                0));
    }

    Reply get(String uri) {
        return send("GET", uri, "", key(uri)).reply();
    }

    Reply post(String uri, String body) {
        return send("POST", uri, body, key(uri)).reply();
    }

    static JsonNode json(Reply reply) {
        return Json.read(reply.body()).orElseThrow();
    }

    private static Map<String, String> key(String uri) {
        return KEYS.getOrDefault(
                uri.substring(1, uri.indexOf('/', 1) < 0 ? uri.length() : uri.indexOf('/', 1)), Map.of());
    }
}
