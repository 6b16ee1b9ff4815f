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
 * The common API: one person, one company, people in bulk, and jobs to poll. Matched answers cost a credit, partial ones
 * too; misses are free.
 */
public final class ExampleDialect implements Dialect {
    private static final String JOBS = "/v1/requests/";

    @Override
    public String provider() {
        return "example";
    }

    @Override
    public List<String> prefixes() {
        return List.of("example");
    }

    @Override
    public String sandboxKey() {
        return "sandbox-example-key";
    }

    @Override
    public Optional<Operation> operation(Request request) {
        String name =
                switch (request.method() + " " + request.path()) {
                    case "POST /v1/person/enrich" -> "person.enrich";
                    case "GET /v1/company/enrich" -> "company.enrich";
                    case "POST /v1/person/bulk" -> "person.bulk";
                    default -> request.method().equals("GET") && request.path().startsWith(JOBS) ? "request.read" : "";
                };
        if (name.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(name.equals("request.read") ? Operation.free(name, "all") : Operation.of(name, "all"));
    }

    @Override
    public Optional<String> credential(Request request) {
        return request.bearerToken().or(() -> request.header("x-api-key"));
    }

    @Override
    public List<Limit> limits(String scope) {
        return List.of(new Limit(100, Duration.ofMinutes(1), SLIDING));
    }

    @Override
    public Map<String, String> rateHeaders(List<WindowUse> windows) {
        return RateHeaders.tightest(windows)
                .map(use -> Map.of(
                        "x-ratelimit-limit", Integer.toString(use.limit().calls()),
                        "x-ratelimit-remaining", Integer.toString(use.remaining()),
                        "x-ratelimit-reset", RateHeaders.epochSeconds(use.resetsAtNanos())))
                .orElse(Map.of());
    }

    @Override
    public List<Quirk> quirks() {
        return ExampleQuirks.ALL;
    }

    @Override
    public Reply unknownPath(Request request) {
        return error(404, "unknown_path", "There is nothing at this path.");
    }

    @Override
    public Reply unauthorized(boolean given) {
        return given
                ? error(401, "invalid_api_key", "The API key is not valid.")
                : error(401, "missing_api_key", "Send the API key as a bearer token or in X-API-Key.");
    }

    @Override
    public Reply throttled(Operation operation, Throttle throttle) {
        return error(429, "rate_limited", "Too many requests.").withHeader("retry-after", throttle.retryAfter());
    }

    @Override
    public Reply failure(Operation operation, int kind) {
        return switch (kind) {
            case 400 -> error(400, "bad_request", "The request could not be understood.");
            case 402 -> error(402, "credits_exhausted", "No credits are left on this account.");
            case 422 -> error(422, "invalid_input", "The input is not valid.");
            case 503 -> error(503, "unavailable", "The service is not available.");
            default -> error(500, "internal_error", "Something went wrong.");
        };
    }

    @Override
    public Reply answer(Operation operation, Request request, Desk desk) {
        return switch (operation.name()) {
            case "person.enrich" -> ExampleLookups.person(request, desk);
            case "person.bulk" -> ExampleLookups.bulk(request, desk);
            case "company.enrich" -> ExampleLookups.company(request, desk);
            default -> ExampleLookups.job(request.path().substring(JOBS.length()), desk);
        };
    }

    static Reply error(int status, String code, String message) {
        ObjectNode body = Json.object();
        body.putObject("error").put("code", code).put("message", message);
        return Reply.json(status, body);
    }
}
