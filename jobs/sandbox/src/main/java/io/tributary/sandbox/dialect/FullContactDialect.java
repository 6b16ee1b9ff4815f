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
 * FullContact V3: one person or one company a call, 6,000 calls a minute for an account. The last tenth of a window is
 * slowed down call by call before anything is refused, and only a header says so. A match costs 1 each time, and so does a
 * miss: whether it really counts is unconfirmed. Webhooks, searches by name and hashed addresses are not simulated.
 */
public final class FullContactDialect implements Dialect {
    static final String DELAY = "x-fullcontact-ratedelay";
    static final Duration LONGEST_DELAY = Duration.ofSeconds(1);
    private static final double SLOW_FROM = 0.1;
    private static final String ACCOUNT = "account";

    @Override
    public String provider() {
        return "fullcontact";
    }

    @Override
    public List<String> prefixes() {
        return List.of("fullcontact");
    }

    @Override
    public String sandboxKey() {
        return "sandbox-fullcontact-key";
    }

    @Override
    public Optional<Operation> operation(Request request) {
        return request.method().equals("POST") ? named(request.path()) : Optional.empty();
    }

    private static Optional<Operation> named(String path) {
        return switch (path) {
            case "/v3/person.enrich" -> Optional.of(Operation.of("person.enrich", ACCOUNT));
            case "/v3/company.enrich" -> Optional.of(Operation.of("company.enrich", ACCOUNT));
            default -> Optional.empty();
        };
    }

    @Override
    public Optional<String> credential(Request request) {
        return request.bearerToken();
    }

    @Override
    public List<Limit> limits(String scope) {
        return List.of(new Limit(6000, Duration.ofMinutes(1), SLIDING));
    }

    /** The usual three are values of another time, whatever the window holds. */
    @Override
    public Map<String, String> rateHeaders(List<WindowUse> windows) {
        Map<String, String> headers = new LinkedHashMap<>(legacy("600"));
        long delay = RateHeaders.tightest(windows)
                .map(FullContactDialect::delayMillis)
                .orElse(0L);
        if (delay > 0) {
            headers.put(DELAY, Long.toString(delay));
        }
        return headers;
    }

    static Map<String, String> legacy(String remaining) {
        return Map.of("x-rate-limit", "600", "x-rate-limit-remaining", remaining, "x-rate-limit-reset", "60");
    }

    private static long delayMillis(WindowUse use) {
        double room = (double) use.remaining() / use.limit().calls();
        return Math.round(Math.max(0, 1 - room / SLOW_FROM) * LONGEST_DELAY.toMillis());
    }

    @Override
    public Duration heldBack(Reply reply) {
        return Duration.ofMillis(Long.parseLong(reply.headers().getOrDefault(DELAY, "0")));
    }

    @Override
    public List<Quirk> quirks() {
        return FullContactQuirks.ALL;
    }

    /** An unknown path is a 404, as a miss is: only the message tells. */
    @Override
    public Reply unknownPath(Request request) {
        if (named(request.path()).isPresent()) {
            return error(405, "Method " + request.method() + " is not allowed");
        }
        return request.path().startsWith("/v1/")
                ? error(410, "This version of the API is gone")
                : error(404, "Endpoint " + request.method() + " " + request.path() + " not found");
    }

    @Override
    public Reply unauthorized(boolean given) {
        return given ? error(401, "401: Invalid access token") : keyForbidden();
    }

    /** The message repeats the key. */
    @Override
    public Reply unauthorized(Operation operation, Request request) {
        return credential(request)
                .map(key -> error(401, "401: Invalid access token: " + key))
                .orElseGet(() -> unauthorized(false));
    }

    static Reply keyForbidden() {
        return error(403, "API Key is missing or invalid. Please check your request.");
    }

    static Reply quotaForbidden() {
        return error(403, "The quota of your plan is exceeded.");
    }

    /** Held back as long as any call can be, so asking again at once is safe; there is no Retry-After. */
    @Override
    public Reply throttled(Operation operation, Throttle throttle) {
        return error(429, "Too many requests").withHeader(DELAY, Long.toString(LONGEST_DELAY.toMillis()));
    }

    @Override
    public Reply failure(Operation operation, int kind) {
        return switch (kind) {
            case 400 -> error(400, "The request is not valid");
            case 402 -> quotaForbidden();
            case 422 ->
                operation.name().equals("company.enrich")
                        ? error(422, "The input does not contain a valid domain.")
                        : error(422, "The input is not valid");
            case 503 -> error(503, "Service unavailable");
            default -> error(500, "Internal server error");
        };
    }

    @Override
    public Reply answer(Operation operation, Request request, Desk desk) {
        return FullContactAnswers.answer(operation, request, desk);
    }

    static Reply error(int status, String message) {
        return Reply.json(status, body(status, message));
    }

    static ObjectNode body(int status, String message) {
        return Json.object().put("status", status).put("message", message);
    }
}
