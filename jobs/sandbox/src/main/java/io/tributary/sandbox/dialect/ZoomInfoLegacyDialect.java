package io.tributary.sandbox.dialect;

import static io.tributary.sandbox.quota.Limit.Kind.SLIDING;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.sandbox.quota.Limit;
import io.tributary.sandbox.quota.WindowUse;
import io.tributary.sandbox.wire.Json;
import io.tributary.sandbox.wire.Reply;
import io.tributary.sandbox.wire.Request;
import io.tributary.sandbox.wire.Truth;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * ZoomInfo's Enterprise API: contacts and companies, 25 a call or 10,000 in a job that is asked for in pages, in plain
 * JSON under a JWT of an hour. A record costs a credit the first time; three meters count beside it. Searches and
 * webhooks are not simulated. What 403, 429 and 5xx look like is not published, so they look like the 400 that is.
 */
public final class ZoomInfoLegacyDialect implements Dialect {
    private static final String ACCOUNT = "account";
    private static final String TOKEN = "token";
    private static final long METER = 1_000_000;

    @Override
    public String provider() {
        return "zoominfo-legacy";
    }

    @Override
    public List<String> prefixes() {
        return List.of("zoominfo-legacy");
    }

    /** Both parts of it. */
    @Override
    public String sandboxKey() {
        return ZoomInfoLegacyTokens.KEY;
    }

    @Override
    public List<Quirk> quirks() {
        return ZoomInfoQuirks.LEGACY;
    }

    @Override
    public Optional<Operation> operation(Request request) {
        return switch (request.method() + " " + request.path()) {
            case "POST " + ZoomInfoLegacyTokens.PATH -> Optional.of(Operation.free(TOKEN, TOKEN));
            case "POST /enrich/contact" -> Optional.of(Operation.of("contact.bulk_enrich", ACCOUNT));
            case "POST /enrich/company" -> Optional.of(Operation.of("company.bulk_enrich", ACCOUNT));
            case "POST /bulk/enrich/contact" -> Optional.of(Operation.of("contact.bulk_start", ACCOUNT));
            case "POST /bulk/enrich/company" -> Optional.of(Operation.of("company.bulk_start", ACCOUNT));
            case "POST /bulk/job/status" -> Optional.of(Operation.free("job.status", ACCOUNT));
            case "POST /bulk/job/results" -> Optional.of(Operation.free("job.results", ACCOUNT));
            case "GET /lookup/usage" -> Optional.of(Operation.free("usage.read", ACCOUNT));
            default -> Optional.empty();
        };
    }

    @Override
    public Optional<String> credential(Request request) {
        return request.path().equals(ZoomInfoLegacyTokens.PATH)
                ? ZoomInfoLegacyTokens.client(request)
                : request.bearerToken().map(Tokens::whose);
    }

    @Override
    public List<Limit> limits(String scope) {
        return scope.equals(TOKEN)
                ? List.of(new Limit(1, Duration.ofSeconds(1), SLIDING))
                : List.of(
                        new Limit(25, Duration.ofSeconds(1), SLIDING),
                        new Limit(1_500, Duration.ofMinutes(1), SLIDING));
    }

    /** One family of headers, which tells of the longest window. */
    @Override
    public Map<String, String> rateHeaders(List<WindowUse> windows) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (!windows.isEmpty()) {
            WindowUse use = windows.get(windows.size() - 1);
            headers.put("x-ratelimit-limit", Integer.toString(use.limit().calls()));
            headers.put("x-ratelimit-remaining", Integer.toString(use.remaining()));
            headers.put("x-ratelimit-reset", RateHeaders.epochSeconds(use.resetsAtNanos()));
        }
        return headers;
    }

    @Override
    public Reply unknownPath(Request request) {
        return error(404, "Not Found");
    }

    /** Text, where all else is JSON. */
    @Override
    public Reply unauthorized(boolean given) {
        return Reply.text(401, "Authentication failed");
    }

    @Override
    public Reply unauthorized(Operation operation, Request request) {
        return operation.name().equals(TOKEN)
                ? Reply.text(401, "Invalid username and/or password - please try again.")
                : unauthorized(true);
    }

    @Override
    public Reply throttled(Operation operation, Throttle throttle) {
        return error(429, "Too Many Requests")
                .withHeader("x-ratelimit-reset", throttle.reset().map(reset -> Long.toString(reset.getEpochSecond())));
    }

    @Override
    public Reply failure(Operation operation, int kind) {
        return switch (kind) {
            case 400, 422 -> error(400, "Invalid request");
            case 402 -> creditLimit();
            case 503 -> error(503, "Service Unavailable");
            default -> error(500, "Internal Server Error");
        };
    }

    /** Whose token is over is told so here, for nobody knows the time before. */
    @Override
    public Reply answer(Operation operation, Request request, Desk desk) {
        if (operation.name().equals(TOKEN)) {
            return ZoomInfoLegacyTokens.grant(request, desk.now());
        }
        if (Tokens.isOver(request.bearerToken().orElse(""), desk.now())) {
            return unauthorized(true);
        }
        if (operation.name().equals("usage.read")) {
            return lookup(desk);
        }
        Reply reply =
                switch (operation.name()) {
                    case "contact.bulk_enrich" -> ZoomInfoLegacyEnrich.answer(request, true, desk);
                    case "company.bulk_enrich" -> ZoomInfoLegacyEnrich.answer(request, false, desk);
                    case "contact.bulk_start" -> ZoomInfoJobs.start(request, true, desk);
                    case "company.bulk_start" -> ZoomInfoJobs.start(request, false, desk);
                    case "job.status" -> ZoomInfoJobs.status(request, desk);
                    default -> ZoomInfoJobs.results(request, desk);
                };
        return metered(reply, desk);
    }

    static Reply error(int status, String message) {
        return Reply.json(
                status,
                Json.object().put("success", false).put("error", message).put("statusCode", status));
    }

    static Reply creditLimit() {
        return error(400, "Exceeded the max limit to enrich new Contacts or Companies");
    }

    /** The requests, the records that were returned, and the records that were new. */
    private static Reply metered(Reply reply, Desk desk) {
        long requests = desk.memory().count("requests", 1);
        long records = desk.memory()
                .count(
                        "records",
                        reply.charges().stream()
                                .filter(charge -> charge.truth() == Truth.FOUND)
                                .count());
        Map<String, String> headers = new LinkedHashMap<>();
        meter(headers, "request", METER, METER - requests);
        meter(headers, "record", METER, METER - records);
        meter(
                headers,
                "unique-id",
                Math.round(desk.creditsUsed() + desk.creditsLeft()),
                Math.round(desk.creditsLeft()));
        return reply.withHeaders(headers);
    }

    private static void meter(Map<String, String> headers, String name, long limit, long left) {
        headers.put("x-usage-" + name + "-limit-limit", Long.toString(limit));
        headers.put("x-usage-" + name + "-limit-remaining", Long.toString(left));
    }

    private static Reply lookup(Desk desk) {
        ObjectNode body = Json.object();
        ArrayNode usage = body.putArray("usage");
        usage(usage, "requestLimit", METER, desk.memory().count("requests", 0));
        usage(usage, "recordLimit", METER, desk.memory().count("records", 0));
        usage(
                usage,
                "uniqueIdLimit",
                Math.round(desk.creditsUsed() + desk.creditsLeft()),
                Math.round(desk.creditsUsed()));
        return Reply.json(200, body);
    }

    private static void usage(ArrayNode usage, String type, long limit, long used) {
        usage.addObject()
                .put("limitType", type)
                .put("description", type)
                .put("limit", limit)
                .put("currentUsage", used)
                .put("usageRemaining", limit - used);
    }
}
