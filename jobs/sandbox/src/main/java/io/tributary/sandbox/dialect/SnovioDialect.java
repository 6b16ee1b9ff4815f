package io.tributary.sandbox.dialect;

import static io.tributary.sandbox.quota.Limit.Kind.SLIDING;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.sandbox.quota.Limit;
import io.tributary.sandbox.wire.Json;
import io.tributary.sandbox.wire.Reply;
import io.tributary.sandbox.wire.Request;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Snov.io: tokens for an hour, tasks that are started and asked for, and the one look-up of v1 that answers at once. All
 * calls, tokens and polls too, share 60 a minute. What a task finds is billed when it is started. Verification, prospects
 * and webhooks are not simulated.
 */
public final class SnovioDialect implements Dialect {
    private static final String ALL = "all";
    private static final String TOKEN = "token";
    private static final String V1 = "/v1/get-";

    @Override
    public String provider() {
        return "snovio";
    }

    @Override
    public List<String> prefixes() {
        return List.of("snovio");
    }

    /** Both parts of it. */
    @Override
    public String sandboxKey() {
        return "sandbox-snovio-id:sandbox-snovio-secret";
    }

    @Override
    public Optional<Operation> operation(Request request) {
        return switch (request.method() + " " + request.path()) {
            case "POST " + SnovioTokens.PATH -> Optional.of(Operation.free(TOKEN, ALL));
            case "POST /v1/get-profile-by-email" -> Optional.of(Operation.of("person.find", ALL));
            case "GET /v1/get-balance" -> Optional.of(Operation.free("balance.read", ALL));
            default ->
                SnovioTasks.started(request)
                        .map(task -> Operation.of(task.operation(), ALL))
                        .or(() -> SnovioTasks.asked(request).map(task -> Operation.free("task.read", ALL)));
        };
    }

    /** A token is sent as bearer; v1 takes it as a field of the form too. */
    @Override
    public Optional<String> credential(Request request) {
        if (request.path().equals(SnovioTokens.PATH)) {
            return SnovioTokens.client(request);
        }
        return request.bearerToken()
                .or(() -> request.path().startsWith(V1)
                        ? Optional.ofNullable(SnovioTokens.form(request).get("access_token"))
                                .map(values -> values.get(0))
                        : Optional.empty())
                .map(SnovioTokens::client);
    }

    @Override
    public List<Limit> limits(String scope) {
        return List.of(new Limit(60, Duration.ofMinutes(1), SLIDING));
    }

    @Override
    public List<Quirk> quirks() {
        return SnovioQuirks.ALL;
    }

    @Override
    public Reply unknownPath(Request request) {
        return unknown();
    }

    @Override
    public Reply unauthorized(boolean given) {
        return errors(401, given ? "The token is not valid" : "The token is missing");
    }

    /** Neither header nor body says when to come back. */
    @Override
    public Reply throttled(Operation operation, Throttle throttle) {
        return errors(429, "Too many requests");
    }

    /** Used-up credits come inside a 200. */
    @Override
    public Reply failure(Operation operation, int kind) {
        return switch (kind) {
            case 400, 422 -> errors(400, "The input is not valid");
            case 402 -> {
                var body = Json.object().put("status", SnovioTasks.NO_CREDITS);
                body.putArray("data");
                yield Reply.json(200, body);
            }
            case 503 -> Reply.text(502, "Bad gateway");
            default -> Reply.text(500, "Internal server error");
        };
    }

    @Override
    public Reply creditsGone(Operation operation, Desk desk) {
        return desk.shows(SnovioQuirks.CREDITS_AS_502)
                ? Reply.text(502, "you ran out of credits")
                : desk.shows(SnovioQuirks.CREDITS_AS_402)
                        ? errors(402, "The limit is reached")
                        : failure(operation, 402);
    }

    /** Whose token is over is told so here, for nobody knows the time before. */
    @Override
    public Reply answer(Operation operation, Request request, Desk desk) {
        if (operation.name().equals(TOKEN)) {
            return SnovioTokens.grant(
                    SnovioTokens.client(request).orElseThrow(), desk.shows(SnovioQuirks.TOKEN_CUT), desk.now());
        }
        Optional<String> token = request.bearerToken()
                .or(() -> Optional.ofNullable(SnovioTokens.form(request).get("access_token"))
                        .map(values -> values.get(0)));
        if (token.isEmpty() || SnovioTokens.isOver(token.get(), desk.now())) {
            return unauthorized(token.isPresent());
        }
        return switch (operation.name()) {
            case "task.read" -> SnovioTasks.read(request, desk);
            case "person.find" -> SnovioLookups.byEmail(request, desk);
            case "balance.read" ->
                Reply.json(
                        200,
                        Json.object()
                                .put("success", true)
                                .set("data", Json.object().put("balance", desk.creditsLeft())));
            default -> SnovioTasks.start(request, desk);
        };
    }

    static Reply errors(int status, String text) {
        return Reply.json(status, Json.object().set("errors", Json.array(List.of(text))));
    }

    /** Here the errors are an object. */
    static Reply unknown() {
        JsonNode error = Json.object()
                .put("code", 404)
                .put("title", "Sorry, but url or entity not found")
                .put("source", "");
        return Reply.json(404, Json.object().set("errors", error));
    }

    /** All values of a parameter, from the query or the form. */
    static List<String> values(Request request, String name) {
        Map<String, List<String>> form = SnovioTokens.form(request);
        return request.query().getOrDefault(name, form.getOrDefault(name, List.of()));
    }
}
