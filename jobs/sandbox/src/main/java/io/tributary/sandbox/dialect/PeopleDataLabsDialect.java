package io.tributary.sandbox.dialect;

import static io.tributary.sandbox.quota.Limit.Kind.FIXED;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.sandbox.quota.Limit;
import io.tributary.sandbox.quota.WindowUse;
import io.tributary.sandbox.wire.Json;
import io.tributary.sandbox.wire.Reply;
import io.tributary.sandbox.wire.Request;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * People Data Labs v5 for a paying account: 1,000 calls in each minute per endpoint and key, a bulk call being one. A match
 * costs 1 each time, a miss nothing. Hashes, ids of its own, {@code required}, and a name with a place in place of a company
 * are not simulated.
 */
public final class PeopleDataLabsDialect implements Dialect {
    @Override
    public String provider() {
        return "peopledatalabs";
    }

    @Override
    public List<String> prefixes() {
        return List.of("peopledatalabs");
    }

    @Override
    public String sandboxKey() {
        return "sandbox-peopledatalabs-key";
    }

    @Override
    public Optional<Operation> operation(Request request) {
        return switch (request.method() + " " + request.path()) {
            case "GET /v5/person/enrich", "POST /v5/person/enrich" -> named("person.enrich", request);
            case "POST /v5/person/bulk" -> named("person.bulk_enrich", request);
            case "GET /v5/company/enrich" -> named("company.enrich", request);
            case "POST /v5/company/enrich/bulk" -> named("company.bulk_enrich", request);
            default -> Optional.empty();
        };
    }

    /** Each key has its own windows; those of the first have the operation's name alone. */
    private Optional<Operation> named(String name, Request request) {
        String scope = credential(request)
                .filter(key -> !key.equals(sandboxKey()))
                .map(key -> name + "#" + Integer.toHexString(key.hashCode()))
                .orElse(name);
        return Optional.of(Operation.of(name, scope));
    }

    @Override
    public Optional<String> credential(Request request) {
        return request.header("x-api-key").or(() -> request.parameter("api_key"));
    }

    @Override
    public Limit.Kind windowKind() {
        return FIXED;
    }

    @Override
    public List<Limit> limits(String scope) {
        return List.of(new Limit(1000, Duration.ofMinutes(1), FIXED));
    }

    @Override
    public Map<String, String> rateHeaders(List<WindowUse> windows) {
        return PeopleDataLabsHeaders.windows(windows, false);
    }

    @Override
    public List<Quirk> quirks() {
        return PeopleDataLabsQuirks.ALL;
    }

    /** What is said of a path that there is not is unconfirmed; no error with a type, at any rate. */
    @Override
    public Reply unknownPath(Request request) {
        boolean wrongVerb = List.of(
                        "/v5/person/enrich", "/v5/person/bulk", "/v5/company/enrich", "/v5/company/enrich/bulk")
                .contains(request.path());
        return wrongVerb
                ? error(405, "invalid_request_error", "Method not allowed")
                : Reply.json(404, Json.object().put("status", 404).put("message", "Not Found"));
    }

    @Override
    public Reply unauthorized(boolean given) {
        return error(401, "authentication_error", given ? "The API key is invalid" : "An API key is required");
    }

    /** The reset is a time, and there is no Retry-After. */
    @Override
    public Reply throttled(Operation operation, Throttle throttle) {
        return error(429, "rate_limit_error", "The limit of this endpoint is reached")
                .withHeader(
                        PeopleDataLabsHeaders.RESET,
                        throttle.reset()
                                .map(reset -> reset.truncatedTo(ChronoUnit.SECONDS))
                                .map(Instant::toString));
    }

    @Override
    public Reply failure(Operation operation, int kind) {
        return switch (kind) {
            case 400, 422 -> error(400, "invalid_request_error", "The request is not valid");
            case 402 ->
                error(402, "payment_required", "All matches are used up").withHeader("x-totallimit-remaining", "0");
            case 503 -> error(503, "api_error", "Service unavailable");
            default -> error(500, "api_error", "Internal server error");
        };
    }

    @Override
    public Reply answer(Operation operation, Request request, Desk desk) {
        PeopleDataLabsEntity entity =
                operation.name().startsWith("person") ? PeopleDataLabsEntity.PERSON : PeopleDataLabsEntity.COMPANY;
        Reply reply = operation.name().endsWith("bulk_enrich")
                ? PeopleDataLabsAnswers.bulk(entity, request, desk)
                : PeopleDataLabsAnswers.single(entity, request, desk);
        return PeopleDataLabsHeaders.counted(reply, entity, operation, desk);
    }

    static Reply error(int status, String type, String message) {
        return Reply.json(status, errorBody(status, type, message));
    }

    static ObjectNode errorBody(int status, String type, String message) {
        ObjectNode body = Json.object().put("status", status);
        body.putObject("error").put("type", type).put("message", message);
        return body;
    }
}
