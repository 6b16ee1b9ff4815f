package io.tributary.sandbox.dialect;

import io.tributary.sandbox.wire.Json;
import io.tributary.sandbox.wire.Reply;
import io.tributary.sandbox.wire.Request;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** GTM's tokens by client credentials. A token holds its client and its scopes, with a space between all of them. */
final class ZoomInfoTokens {
    static final String PATH = "/gtm/oauth/v1/token";
    private static final long SECONDS = 3600;
    private static final List<String> SCOPES = List.of(
            "api:data:contact",
            "api:data:company",
            "api:data:intent",
            "api:data:news",
            "api:data:scoops",
            "api:data:lookup");

    private ZoomInfoTokens() {}

    /** Who asks for a token: both parts of the key. What the form says of it is ignored beside a Basic header. */
    static Optional<String> client(Request request) {
        if (request.header("authorization").isPresent()) {
            return request.basicPair();
        }
        Map<String, List<String>> form = request.form();
        return first(form, "client_id")
                .flatMap(id -> first(form, "client_secret").map(secret -> id + ":" + secret));
    }

    /** All scopes unless the form names some; one that the app lacks fails the call. */
    static Reply grant(Request request, Instant now) {
        Map<String, List<String>> form = request.form();
        if (!first(form, "grant_type").equals(Optional.of("client_credentials"))) {
            return refused("unsupported_grant_type");
        }
        List<String> scopes = first(form, "scope")
                .map(text -> Arrays.asList(text.trim().split(" +")))
                .orElse(SCOPES);
        if (!SCOPES.containsAll(scopes)) {
            return refused("invalid_scope");
        }
        String granted = String.join(" ", scopes);
        String token = Tokens.issue(client(request).orElseThrow() + " " + granted, now.plusSeconds(SECONDS));
        return Reply.json(
                200,
                Json.object()
                        .put("access_token", token)
                        .put("token_type", "Bearer")
                        .put("expires_in", SECONDS)
                        .put("scope", granted));
    }

    /** Whose token this is. */
    static String whose(String token) {
        return Tokens.whose(token).split(" ")[0];
    }

    static boolean covers(String token, String scope) {
        return List.of(Tokens.whose(token).split(" ")).contains(scope);
    }

    private static Reply refused(String error) {
        return Reply.json(400, Json.object().put("error", error));
    }

    private static Optional<String> first(Map<String, List<String>> form, String name) {
        return Optional.ofNullable(form.get(name)).map(values -> values.get(0)).filter(value -> !value.isBlank());
    }
}
