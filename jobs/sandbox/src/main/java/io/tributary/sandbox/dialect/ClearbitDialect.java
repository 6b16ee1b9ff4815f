package io.tributary.sandbox.dialect;

import static io.tributary.sandbox.quota.Limit.Kind.SLIDING;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.sandbox.quota.Limit;
import io.tributary.sandbox.quota.WindowUse;
import io.tributary.sandbox.wire.Json;
import io.tributary.sandbox.wire.Reply;
import io.tributary.sandbox.wire.Request;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Clearbit's enrichment API v2. Each unique look-up that ends in 200, 202 or 404 costs one credit, reading it again is
 * free. 600 calls a minute per host; the reset is told in headers, never by {@code Retry-After}.
 */
public final class ClearbitDialect implements Dialect {
    private static final String PERSON_HOST = "clearbit-person";
    private static final String COMPANY_HOST = "clearbit-company";

    @Override
    public String provider() {
        return "clearbit";
    }

    @Override
    public List<String> prefixes() {
        return List.of(PERSON_HOST, COMPANY_HOST);
    }

    @Override
    public String sandboxKey() {
        return "sk_sandbox_clearbit";
    }

    @Override
    public Optional<Operation> operation(Request request) {
        return switch (request.method() + " " + request.prefix() + request.path()) {
            case "GET " + PERSON_HOST + "/v2/people/find" -> Optional.of(Operation.of("person.find", PERSON_HOST));
            case "GET " + PERSON_HOST + "/v2/combined/find" -> Optional.of(Operation.of("combined.find", PERSON_HOST));
            case "GET " + COMPANY_HOST + "/v2/companies/find" ->
                Optional.of(Operation.of("company.find", COMPANY_HOST));
            default -> Optional.empty();
        };
    }

    @Override
    public Optional<String> credential(Request request) {
        return request.basicUser().or(request::bearerToken);
    }

    @Override
    public List<Limit> limits(String scope) {
        return List.of(new Limit(600, Duration.ofMinutes(1), SLIDING));
    }

    @Override
    public boolean countsUnauthorized() {
        return true;
    }

    @Override
    public Map<String, String> rateHeaders(List<WindowUse> windows) {
        return RateHeaders.tightest(windows)
                .map(use -> Map.of(
                        "x-api-version", "2019-12-19",
                        "x-ratelimit-limit", Integer.toString(use.limit().calls()),
                        "x-ratelimit-remaining", Integer.toString(use.remaining()),
                        "x-ratelimit-reset", RateHeaders.epochSeconds(use.resetsAtNanos())))
                .orElse(Map.of("x-api-version", "2019-12-19"));
    }

    @Override
    public List<Quirk> quirks() {
        return ClearbitQuirks.ALL;
    }

    @Override
    public Reply unknownPath(Request request) {
        return error(404, "unknown_route", "Unknown route.");
    }

    @Override
    public Reply unauthorized(boolean given) {
        return given
                ? error(401, "invalid_api_key", "Invalid API key provided.")
                : error(401, "auth_required", "Authentication is required.");
    }

    @Override
    public Reply throttled(Operation operation, Throttle throttle) {
        return error(429, "rate_limit", "Rate limit exceeded.")
                .withHeader("x-ratelimit-remaining", "0")
                .withHeader("x-ratelimit-reset", throttle.reset().map(reset -> Long.toString(reset.getEpochSecond())));
    }

    @Override
    public Reply failure(Operation operation, int kind) {
        return switch (kind) {
            case 400 -> error(400, "bad_request", "Bad request.");
            case 402 -> error(402, "over_quota", "Over plan quota.");
            case 422 ->
                operation.name().equals("company.find")
                        ? error(422, "domain_invalid", "Invalid domain.")
                        : error(422, "email_invalid", "Invalid email.");
            case 503 -> error(503, "unavailable", "Service unavailable.");
            default -> error(500, "api_error", "Internal error.");
        };
    }

    @Override
    public Reply answer(Operation operation, Request request, Desk desk) {
        return operation.name().equals("company.find")
                ? ClearbitLookups.company(request, desk)
                : ClearbitLookups.person(operation.name().equals("combined.find"), request, desk);
    }

    static Reply error(int status, String type, String message) {
        ObjectNode body = Json.object();
        body.putObject("error").put("type", type).put("message", message);
        return Reply.json(status, body);
    }
}
