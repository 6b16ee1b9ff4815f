package io.tributary.sandbox.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.sandbox.wire.Json;
import io.tributary.sandbox.wire.Reply;
import io.tributary.sandbox.wire.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Snov.io's tokens. A token names its client and its end, so nothing has to be remembered. */
final class SnovioTokens {
    static final String PATH = "/v1/oauth/access_token";
    private static final long SECONDS = 3600;
    private static final long CUT = 2;

    private SnovioTokens() {}

    /** Who asks for a token: both parts of the key, from a form or a JSON body. */
    static Optional<String> client(Request request) {
        Map<String, List<String>> form = form(request);
        Optional<JsonNode> json = request.json().filter(JsonNode::isObject);
        Optional<String> id = part("client_id", form, json);
        Optional<String> secret = part("client_secret", form, json);
        return part("grant_type", form, json)
                .filter(type -> type.equals("client_credentials"))
                .flatMap(type -> id.flatMap(name -> secret.map(word -> name + ":" + word)));
    }

    /** @param cut whether the token is over long before the time that is told with it */
    static Reply grant(String client, boolean cut, Instant now) {
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(client.getBytes(StandardCharsets.UTF_8))
                + "." + (now.getEpochSecond() + (cut ? CUT : SECONDS));
        return Reply.json(
                200,
                Json.object()
                        .put("access_token", token)
                        .put("token_type", "Bearer")
                        .put("expires_in", SECONDS));
    }

    /** Whose token this is; what is none stands for itself and is nobody's. */
    static String client(String token) {
        int dot = token.lastIndexOf('.');
        try {
            return dot < 0
                    ? token
                    : new String(Base64.getUrlDecoder().decode(token.substring(0, dot)), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return token;
        }
    }

    static boolean isOver(String token, Instant now) {
        String end = token.substring(token.lastIndexOf('.') + 1);
        return !end.matches("\\d{1,12}") || now.getEpochSecond() >= Long.parseLong(end);
    }

    /** The body as a form; empty if it is none. */
    static Map<String, List<String>> form(Request request) {
        Map<String, List<String>> form = new LinkedHashMap<>();
        String body = new String(request.body(), StandardCharsets.UTF_8);
        if (body.isBlank() || body.startsWith("{")) {
            return form;
        }
        for (String pair : body.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                form.computeIfAbsent(decoded(pair.substring(0, equals)), name -> new ArrayList<>())
                        .add(decoded(pair.substring(equals + 1)));
            }
        }
        return form;
    }

    private static Optional<String> part(String name, Map<String, List<String>> form, Optional<JsonNode> json) {
        return Optional.ofNullable(form.get(name))
                .map(values -> values.get(0))
                .or(() -> json.flatMap(body -> Json.text(body, name)));
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return text;
        }
    }
}
