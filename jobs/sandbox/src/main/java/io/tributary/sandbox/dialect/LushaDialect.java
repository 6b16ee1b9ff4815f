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
 * Lusha: people by V3 search-and-enrich and by both forms of V2, 25 calls a second over the whole account. A search costs
 * 1 for each contact found, an e-mail address 1 and a number 5 when they are revealed for the first time. Companies, the
 * search that stands alone, and the jobs of enrichment by id are not simulated.
 */
public final class LushaDialect implements Dialect {
    private static final Duration HOUR = Duration.ofHours(1);

    @Override
    public String provider() {
        return "lusha";
    }

    @Override
    public List<String> prefixes() {
        return List.of("lusha");
    }

    @Override
    public String sandboxKey() {
        return "sandbox-lusha-key";
    }

    @Override
    public Optional<Operation> operation(Request request) {
        return switch (request.method() + " " + request.path()) {
            case "POST /v3/contacts/search-and-enrich" -> Optional.of(Operation.of("contact.bulk_enrich", "account"));
            case "GET /v2/person" -> Optional.of(Operation.of("person.find", "account"));
            case "POST /v2/person" -> Optional.of(Operation.of("person.bulk_find", "account"));
            case "GET /v3/account/usage" -> Optional.of(Operation.free("usage.read", "usage.read"));
            default -> Optional.empty();
        };
    }

    /** In one header only; a bearer token is not read, whatever some pages say. */
    @Override
    public Optional<String> credential(Request request) {
        return request.header("api_key");
    }

    @Override
    public List<Limit> limits(String scope) {
        return scope.equals("usage.read")
                ? List.of(new Limit(5, Duration.ofMinutes(1), SLIDING))
                : List.of(new Limit(25, Duration.ofSeconds(1), SLIDING));
    }

    /** Minute, hour and day have headers; the second has none. */
    @Override
    public Map<String, String> rateHeaders(List<WindowUse> windows) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (WindowUse use : windows) {
            String name = windowName(use.limit().window());
            if (!name.isEmpty()) {
                String left = name.equals("daily") ? "x-daily" : name.equals("hourly") ? "x-hourly" : "x-minute";
                headers.put("x-rate-limit-" + name, Integer.toString(use.limit().calls()));
                headers.put(left + "-requests-left", Integer.toString(use.remaining()));
                headers.put(left + "-usage", Integer.toString(use.used()));
            }
        }
        return headers;
    }

    @Override
    public List<Quirk> quirks() {
        return LushaQuirks.ALL;
    }

    @Override
    public Reply unknownPath(Request request) {
        return error(404, "Not Found");
    }

    @Override
    public Reply unauthorized(boolean given) {
        return error(401, given ? "API key is invalid" : "API key is missing");
    }

    /** Only the message tells a full hour from a used-up day; there is no Retry-After. */
    @Override
    public Reply throttled(Operation operation, Throttle throttle) {
        long seconds = throttle.retryAfter()
                .filter(value -> value.matches("\\d{1,9}"))
                .map(Long::parseLong)
                .orElse(1L);
        return error(
                429,
                seconds > HOUR.toSeconds()
                        ? "Daily API quota limit exceeded"
                        : "Hourly API rate limit exceeded. Reset in " + seconds + " seconds");
    }

    @Override
    public Reply failure(Operation operation, int kind) {
        return switch (kind) {
            case 400 -> error(400, "Invalid request parameters");
            case 402 -> error(402, "Insufficient credits");
            case 422 -> error(422, "Unprocessable entity");
            case 503 -> error(503, "Service unavailable");
            default -> error(500, "Internal server error");
        };
    }

    @Override
    public Reply answer(Operation operation, Request request, Desk desk) {
        return switch (operation.name()) {
            case "contact.bulk_enrich" -> LushaContacts.searchAndEnrich(request, desk);
            case "person.find" -> LushaPeople.find(request, desk);
            case "person.bulk_find" -> LushaPeople.bulk(request, desk);
            default -> usage(desk);
        };
    }

    static Reply error(int status, String message) {
        return Reply.json(status, Json.object().put("statusCode", status).put("message", message));
    }

    private static Reply usage(Desk desk) {
        ObjectNode body = Json.object();
        body.putObject("credits")
                .put("total", desk.creditsUsed() + desk.creditsLeft())
                .put("used", desk.creditsUsed())
                .put("remaining", desk.creditsLeft());
        ObjectNode limits = body.putObject("rateLimits");
        for (WindowUse use : desk.use().apply("account")) {
            String name = windowName(use.limit().window());
            if (!name.isEmpty()) {
                limits.putObject(name)
                        .put("limit", use.limit().calls())
                        .put("used", use.used())
                        .put("remaining", use.remaining());
            }
        }
        return Reply.json(200, body.put("plan", "sandbox"));
    }

    private static String windowName(Duration window) {
        return window.equals(Duration.ofMinutes(1))
                ? "minute"
                : window.equals(HOUR) ? "hourly" : window.equals(Duration.ofDays(1)) ? "daily" : "";
    }
}
