package io.tributary.sandbox.dialect;

import static io.tributary.sandbox.quota.Limit.Kind.SLIDING;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.sandbox.quota.Limit;
import io.tributary.sandbox.wire.Json;
import io.tributary.sandbox.wire.Reply;
import io.tributary.sandbox.wire.Request;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Hunter's API v2. Only what is found costs: a person or a company one credit, both together two, an address one, a
 * verification half. A full window is a 403, as the public reference has it; a 429 means that the credits are gone,
 * unless it carries {@code Retry-After}. No header tells the limits.
 */
public final class HunterDialect implements Dialect {
    private static final String VERIFY = "email.verify";

    @Override
    public String provider() {
        return "hunter";
    }

    @Override
    public List<String> prefixes() {
        return List.of("hunter");
    }

    @Override
    public String sandboxKey() {
        return "sandbox-hunter-key";
    }

    @Override
    public Optional<Operation> operation(Request request) {
        return switch (request.method() + " " + request.path()) {
            case "GET /v2/people/find" -> Optional.of(Operation.of("person.find"));
            case "GET /v2/companies/find" -> Optional.of(Operation.of("company.find"));
            case "GET /v2/combined/find" -> Optional.of(Operation.of("combined.find"));
            case "GET /v2/email-finder" -> Optional.of(Operation.of("email.find"));
            case "GET /v2/email-verifier" -> Optional.of(Operation.of(VERIFY));
            case "GET /v2/account" -> Optional.of(Operation.free("account.read", "account.read"));
            default -> Optional.empty();
        };
    }

    @Override
    public Optional<String> credential(Request request) {
        return request.header("x-api-key").or(request::bearerToken).or(() -> request.parameter("api_key"));
    }

    @Override
    public List<Limit> limits(String scope) {
        return switch (scope) {
            case VERIFY ->
                List.of(new Limit(10, Duration.ofSeconds(1), SLIDING), new Limit(300, Duration.ofMinutes(1), SLIDING));
            case "account.read" -> List.of();
            default ->
                List.of(new Limit(15, Duration.ofSeconds(1), SLIDING), new Limit(500, Duration.ofMinutes(1), SLIDING));
        };
    }

    @Override
    public List<Quirk> quirks() {
        return HunterQuirks.ALL;
    }

    @Override
    public Reply unknownPath(Request request) {
        return error(404, "not_found", "There is nothing at this path.");
    }

    @Override
    public Reply unauthorized(boolean given) {
        return error(401, "unauthorized", "No user found for the API key supplied.");
    }

    @Override
    public Reply throttled(Operation operation, Throttle throttle) {
        return throttle.injected()
                ? error(429, "too_many_requests", "Too many requests.").withHeader("retry-after", throttle.retryAfter())
                : error(403, "rate_limit_reached", "The rate limit of this endpoint is reached.");
    }

    @Override
    public Reply failure(Operation operation, int kind) {
        return switch (kind) {
            case 400 -> error(400, "wrong_params", "A parameter is missing or wrong.");
            case 402 -> error(429, "restricted_account", "The usage limit of this account is reached.");
            case 422 -> error(422, "validation_failed", "A value is not valid.");
            case 503 -> error(503, "service_unavailable", "The service is not available.");
            default -> error(500, "server_error", "Something went wrong.");
        };
    }

    @Override
    public Reply creditsGone(Operation operation, Desk desk) {
        return desk.shows(HunterQuirks.CREDITS_AS_402)
                ? error(402, "payment_required", "Buy more credits.")
                : desk.shows(HunterQuirks.CREDITS_AS_USAGE)
                        ? error(429, "usage_limit_reached", "The usage limit is reached. Please upgrade.")
                        : failure(operation, 402);
    }

    @Override
    public Reply answer(Operation operation, Request request, Desk desk) {
        return switch (operation.name()) {
            case "company.find" -> HunterLookups.company(request, desk);
            case "email.find" -> HunterAddresses.find(request, desk);
            case VERIFY -> HunterAddresses.verify(request, desk);
            case "account.read" -> account(desk);
            default -> HunterLookups.person(operation.name().equals("combined.find"), request, desk);
        };
    }

    /** What is available is the whole allowance, and not what is left of it. */
    private static Reply account(Desk desk) {
        ObjectNode data = Json.object()
                .put("first_name", "Sandbox")
                .put("last_name", "Account")
                .put("email", "owner@sandbox.example")
                .put("plan_name", "Sandbox")
                .put("plan_level", 1)
                .put("reset_date", "2030-01-01")
                .put("team_id", 1);
        data.putObject("requests")
                .putObject("credits")
                .put("used", desk.creditsUsed())
                .put("available", desk.creditsUsed() + desk.creditsLeft());
        return Reply.json(200, Json.object().set("data", data));
    }

    static Reply error(int code, String id, String details) {
        ObjectNode body = Json.object();
        body.putArray("errors").addObject().put("id", id).put("code", code).put("details", details);
        return Reply.json(code, body);
    }
}
