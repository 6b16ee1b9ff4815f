package io.tributary.sandbox.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.sandbox.wire.Json;
import io.tributary.sandbox.wire.Reply;
import io.tributary.sandbox.wire.Request;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Snov.io's tokens. */
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
        String token = Tokens.issue(client, now.plusSeconds(cut ? CUT : SECONDS));
        return Reply.json(
                200,
                Json.object()
                        .put("access_token", token)
                        .put("token_type", "Bearer")
                        .put("expires_in", SECONDS));
    }

    static String client(String token) {
        return Tokens.whose(token);
    }

    static boolean isOver(String token, Instant now) {
        return Tokens.isOver(token, now);
    }

    static Map<String, List<String>> form(Request request) {
        return request.form();
    }

    private static Optional<String> part(String name, Map<String, List<String>> form, Optional<JsonNode> json) {
        return Optional.ofNullable(form.get(name))
                .map(values -> values.get(0))
                .or(() -> json.flatMap(body -> Json.text(body, name)));
    }
}
