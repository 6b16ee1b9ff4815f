package io.tributary.sandbox.dialect;

import static io.tributary.sandbox.quota.Limit.Kind.FIXED;

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
 * Apollo's REST API v1 on a paid plan: 1,000 calls a minute per enrichment endpoint, in fixed windows that open at the
 * first call. A match costs a credit each time, a miss nothing.
 */
public final class ApolloDialect implements Dialect {
    private static final String ROOT = "/api/v1";

    @Override
    public String provider() {
        return "apollo";
    }

    @Override
    public List<String> prefixes() {
        return List.of("apollo");
    }

    @Override
    public String sandboxKey() {
        return "sandbox-apollo-key";
    }

    @Override
    public Optional<Operation> operation(Request request) {
        return switch (request.method() + " " + request.path()) {
            case "POST " + ROOT + "/people/match" -> Optional.of(Operation.of("person.match"));
            case "POST " + ROOT + "/people/bulk_match" -> Optional.of(Operation.of("person.bulk_match"));
            case "GET " + ROOT + "/organizations/enrich" -> Optional.of(Operation.of("organization.enrich"));
            case "POST " + ROOT + "/organizations/bulk_enrich" -> Optional.of(Operation.of("organization.bulk_enrich"));
            case "POST " + ROOT + "/usage_stats/api_usage_stats" ->
                Optional.of(Operation.free("usage.read", "usage.read"));
            case "POST " + ROOT + "/usage_stats/credit_usage_stats" ->
                Optional.of(Operation.free("credits.read", "credits.read"));
            default -> Optional.empty();
        };
    }

    @Override
    public Optional<String> credential(Request request) {
        return request.header("x-api-key").or(request::bearerToken);
    }

    @Override
    public Limit.Kind windowKind() {
        return FIXED;
    }

    @Override
    public List<Limit> limits(String scope) {
        return switch (scope) {
            case "usage.read", "credits.read" ->
                List.of(
                        new Limit(200, Duration.ofMinutes(1), FIXED),
                        new Limit(400, Duration.ofHours(1), FIXED),
                        new Limit(2000, Duration.ofDays(1), FIXED));
            default -> List.of(new Limit(1000, Duration.ofMinutes(1), FIXED));
        };
    }

    /** A window without a limit sends an empty limit and no use. */
    @Override
    public Map<String, String> rateHeaders(List<WindowUse> windows) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers(headers, windows, Duration.ofMinutes(1), "x-rate-limit-minute", "x-minute");
        headers(headers, windows, Duration.ofHours(1), "x-rate-limit-hourly", "x-hourly");
        headers(headers, windows, Duration.ofDays(1), "x-rate-limit-24-hour", "x-24-hour");
        return headers;
    }

    @Override
    public List<Quirk> quirks() {
        return ApolloQuirks.ALL;
    }

    @Override
    public Reply unknownPath(Request request) {
        return Reply.json(404, Json.object().put("error", "Not found"));
    }

    @Override
    public Reply unauthorized(boolean given) {
        return Reply.text(401, "Invalid API key. See the documentation on authentication.");
    }

    @Override
    public Reply throttled(Operation operation, Throttle throttle) {
        return Reply.json(
                        429,
                        Json.object()
                                .put(
                                        "message",
                                        "The maximum number of api calls allowed for " + operation.name()
                                                + " is reached. Please upgrade your plan."))
                .withHeader("retry-after", throttle.retryAfter());
    }

    @Override
    public Reply failure(Operation operation, int kind) {
        return switch (kind) {
            case 400 -> refused(400, "INVALID_REQUEST", "The request is not valid.");
            case 402 -> poor(403);
            case 422 -> refused(422, "UNKNOWN_ERROR", "no implicit conversion of the details");
            case 503 -> Reply.text(503, "Service unavailable");
            default -> Reply.text(500, "Internal server error");
        };
    }

    @Override
    public Reply creditsGone(Operation operation, Desk desk) {
        return poor(
                desk.shows(ApolloQuirks.CREDITS_AS_422) ? 422 : desk.shows(ApolloQuirks.CREDITS_AS_402) ? 402 : 403);
    }

    private static Reply poor(int status) {
        return Reply.json(
                status,
                Json.object().put("error", "You have insufficient credits.").put("error_code", "INSUFFICIENT_CREDITS"));
    }

    @Override
    public Reply answer(Operation operation, Request request, Desk desk) {
        Reply answer = answered(operation, request, desk);
        return operation.paid() && desk.shows(ApolloQuirks.OUT_OF_SCOPE)
                ? Reply.json(
                                403,
                                Json.object()
                                        .put("error", "This API key is not authorized for this endpoint.")
                                        .put("error_code", "API_INACCESSIBLE"))
                        .withCharges(answer.charges().stream()
                                .map(charge -> charge.unpaid(403))
                                .toList())
                : answer;
    }

    private static Reply answered(Operation operation, Request request, Desk desk) {
        return switch (operation.name()) {
            case "person.match" -> ApolloPeople.match(request, desk);
            case "person.bulk_match" -> ApolloPeople.bulk(request, desk);
            case "organization.enrich" -> ApolloOrganizations.enrich(request, desk);
            case "organization.bulk_enrich" -> ApolloOrganizations.bulk(request, desk);
            case "credits.read" -> credits(desk);
            default -> usage(desk);
        };
    }

    static Reply refused(int status, String code, String message) {
        return Reply.json(
                status,
                Json.object().put("status", "failed").put("error_code", code).put("error_message", message));
    }

    private static Reply credits(Desk desk) {
        ObjectNode body = Json.object();
        body.putObject("lead_credit")
                .put("limit", desk.creditsUsed() + desk.creditsLeft())
                .put("consumed", desk.creditsUsed())
                .put("left_over", desk.creditsLeft());
        return Reply.json(200, body);
    }

    private static Reply usage(Desk desk) {
        ObjectNode body = Json.object();
        Map.of(
                        "person.match", "[\"api/v1/people\", \"match\"]",
                        "person.bulk_match", "[\"api/v1/people\", \"bulk_match\"]",
                        "organization.enrich", "[\"api/v1/organizations\", \"enrich\"]",
                        "organization.bulk_enrich", "[\"api/v1/organizations\", \"bulk_enrich\"]")
                .forEach((scope, name) -> {
                    ObjectNode endpoint = body.putObject(name);
                    for (WindowUse use : desk.use().apply(scope)) {
                        endpoint.putObject(windowName(use.limit().window()))
                                .put("limit", use.limit().calls())
                                .put("consumed", use.used())
                                .put("left_over", use.remaining());
                    }
                });
        return Reply.json(200, body);
    }

    private static String windowName(Duration window) {
        return window.compareTo(Duration.ofHours(1)) < 0
                ? "minute"
                : window.compareTo(Duration.ofDays(1)) < 0 ? "hour" : "day";
    }

    private static void headers(
            Map<String, String> headers, List<WindowUse> windows, Duration length, String limit, String stem) {
        Optional<WindowUse> window = windows.stream()
                .filter(use -> use.limit().window().equals(length))
                .findFirst();
        headers.put(
                limit, window.map(use -> Integer.toString(use.limit().calls())).orElse(""));
        window.ifPresent(use -> {
            headers.put(stem + "-usage", Integer.toString(use.used()));
            headers.put(stem + "-requests-left", Integer.toString(use.remaining()));
        });
    }
}
