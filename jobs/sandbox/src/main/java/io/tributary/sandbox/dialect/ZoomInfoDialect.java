package io.tributary.sandbox.dialect;

import static io.tributary.sandbox.quota.Limit.Kind.SLIDING;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.sandbox.quota.Limit;
import io.tributary.sandbox.quota.WindowUse;
import io.tributary.sandbox.wire.Json;
import io.tributary.sandbox.wire.Reply;
import io.tributary.sandbox.wire.Request;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * ZoomInfo's GTM data API: contacts and companies, 25 a call, as JSON:API under a token of an hour, in the three windows
 * of the standard package. A record costs a credit the first time. Searches, audiences and the grants that need a browser
 * are not simulated.
 */
public final class ZoomInfoDialect implements Dialect {
    private static final String ACCOUNT = "account";
    private static final String TOKEN = "token";

    @Override
    public String provider() {
        return "zoominfo";
    }

    @Override
    public List<String> prefixes() {
        return List.of("zoominfo");
    }

    /** Both parts of it. */
    @Override
    public String sandboxKey() {
        return "sandbox-zoominfo-id:sandbox-zoominfo-secret";
    }

    @Override
    public List<Quirk> quirks() {
        return ZoomInfoQuirks.GTM;
    }

    @Override
    public Optional<Operation> operation(Request request) {
        return switch (request.method() + " " + request.path()) {
            case "POST " + ZoomInfoTokens.PATH -> Optional.of(Operation.free(TOKEN, TOKEN));
            case "POST " + ZoomInfoEnrich.CONTACTS -> Optional.of(Operation.of("contact.bulk_enrich", ACCOUNT));
            case "POST " + ZoomInfoEnrich.COMPANIES -> Optional.of(Operation.of("company.bulk_enrich", ACCOUNT));
            case "GET /gtm/data/v1/users/usage" -> Optional.of(Operation.free("usage.read", ACCOUNT));
            default -> Optional.empty();
        };
    }

    @Override
    public Optional<String> credential(Request request) {
        return request.path().equals(ZoomInfoTokens.PATH)
                ? ZoomInfoTokens.client(request)
                : request.bearerToken().map(ZoomInfoTokens::whose);
    }

    /** What the token endpoint takes is not published. */
    @Override
    public List<Limit> limits(String scope) {
        return scope.equals(TOKEN)
                ? List.of()
                : List.of(
                        new Limit(25, Duration.ofSeconds(1), SLIDING),
                        new Limit(54_000, Duration.ofHours(1), SLIDING),
                        new Limit(648_000, Duration.ofDays(1), SLIDING));
    }

    /** The old pair without a window's name is of the second. */
    @Override
    public Map<String, String> rateHeaders(List<WindowUse> windows) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (WindowUse use : windows) {
            String limit = Integer.toString(use.limit().calls());
            String left = Integer.toString(use.remaining());
            bucket(use.limit().window()).ifPresent(name -> {
                headers.put("x-ratelimit-limit-" + name, limit);
                headers.put("x-ratelimit-remaining-" + name, left);
                if (name.equals("second")) {
                    headers.put("x-ratelimit-limit", limit);
                    headers.put("x-ratelimit-remaining", left);
                }
            });
        }
        return headers;
    }

    /** A wrong verb is no 405. */
    @Override
    public Reply unknownPath(Request request) {
        return gateway(404, "ZI9998", "No static resource " + request.path().substring(1) + ".", false);
    }

    @Override
    public Reply unauthorized(boolean given) {
        return gateway(401, "ZI0001", given ? "Invalid access token" : "Missing access token", false);
    }

    @Override
    public Reply throttled(Operation operation, Throttle throttle) {
        return gateway(429, "ZI0004", "Rate limit exceeded", true)
                .withHeader("retry-after", throttle.retryAfter())
                .withHeader("x-ratelimit-rejected-bucket", throttle.window().flatMap(ZoomInfoDialect::bucket))
                .withHeader("x-ratelimit-reset", throttle.reset().map(reset -> Long.toString(reset.getEpochSecond())));
    }

    @Override
    public Reply failure(Operation operation, int kind) {
        return switch (kind) {
            case 400, 422 -> platform(400, "PFAPI0003", "Invalid request", "The request is not valid");
            case 402 -> creditLimit();
            case 503 -> platform(503, "PFAPI0007", "Service unavailable", "Try again later");
            default -> platform(500, "PFAPI0007", "Internal error", "Something went wrong");
        };
    }

    /** Whose token is over is told so here, for nobody knows the time before. */
    @Override
    public Reply answer(Operation operation, Request request, Desk desk) {
        if (operation.name().equals(TOKEN)) {
            return ZoomInfoTokens.grant(request, desk.now());
        }
        String token = request.bearerToken().orElse("");
        if (Tokens.isOver(token, desk.now())) {
            return unauthorized(true);
        }
        return switch (operation.name()) {
            case "usage.read" -> usage(desk);
            case "contact.bulk_enrich" ->
                ZoomInfoTokens.covers(token, "api:data:contact")
                        ? ZoomInfoEnrich.answer(request, true, desk)
                        : scopeless();
            default ->
                ZoomInfoTokens.covers(token, "api:data:company")
                        ? ZoomInfoEnrich.answer(request, false, desk)
                        : scopeless();
        };
    }

    static Reply creditLimit() {
        return platform(400, "PFAPI0011", "Credit Limit Reached", "The credits of the account are used up");
    }

    /** The envelope of the platform behind the gateway. */
    static Reply platform(int status, String code, String title, String detail) {
        ObjectNode body = Json.object().put("title", title).put("detail", detail);
        ObjectNode error = body.putArray("errors")
                .addObject()
                .put("id", "e1")
                .put("code", code)
                .put("status", Integer.toString(status))
                .put("title", title)
                .put("detail", detail);
        error.putObject("source").put("pointer", "/data");
        return Reply.json(status, body);
    }

    /** The envelope of the gateway. */
    private static Reply gateway(int status, String code, String message, boolean retryable) {
        return Reply.json(
                status,
                Json.object()
                        .set(
                                "error",
                                Json.object()
                                        .put("code", code)
                                        .put("message", message)
                                        .put("status", status)
                                        .put("requestId", "r1")
                                        .put("retryable", retryable)));
    }

    private static Reply scopeless() {
        return gateway(403, "ZI0002", "Insufficient scope", false);
    }

    /** Its exact form is not published. */
    private static Reply usage(Desk desk) {
        ObjectNode body = Json.object();
        body.putArray("data")
                .addObject()
                .put("type", "Usage")
                .put("id", "uniqueIdLimit")
                .putObject("attributes")
                .put("limitType", "uniqueIdLimit")
                .put("limit", Math.round(desk.creditsUsed() + desk.creditsLeft()))
                .put("currentUsage", Math.round(desk.creditsUsed()))
                .put("usageRemaining", Math.round(desk.creditsLeft()));
        return ZoomInfoEnrich.document(body, List.of());
    }

    private static Optional<String> bucket(Duration window) {
        return window.equals(Duration.ofSeconds(1))
                ? Optional.of("second")
                : window.equals(Duration.ofHours(1))
                        ? Optional.of("hour")
                        : window.equals(Duration.ofDays(1)) ? Optional.of("day") : Optional.empty();
    }
}
