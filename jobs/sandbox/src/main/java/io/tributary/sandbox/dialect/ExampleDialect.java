package io.tributary.sandbox.dialect;

import static io.tributary.sandbox.quota.Limit.Kind.SLIDING;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.sandbox.fault.FaultKind;
import io.tributary.sandbox.quota.Limit;
import io.tributary.sandbox.quota.WindowUse;
import io.tributary.sandbox.wire.Charge;
import io.tributary.sandbox.wire.Json;
import io.tributary.sandbox.wire.Reply;
import io.tributary.sandbox.wire.Request;
import io.tributary.sandbox.world.Inputs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The common API: one person, one company, people in bulk, and jobs to poll. Matched answers cost a credit, partial ones
 * too; misses are free.
 */
public final class ExampleDialect implements Dialect {
    private static final int MAX_BULK = 100;
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
            case "person.enrich" -> person(request, desk);
            case "person.bulk" -> bulk(request, desk);
            case "company.enrich" -> company(request, desk);
            default -> job(request.path().substring(JOBS.length()), desk);
        };
    }

    private Reply person(Request request, Desk desk) {
        Optional<JsonNode> body = request.json();
        if (body.isEmpty() || !body.get().isObject()) {
            return error(400, "bad_request", "The body must be a JSON object.");
        }
        PersonAsk ask = PersonAsk.read(
                body.get(),
                new PersonAsk.Names("email", "linkedin_url", "name", "first_name", "last_name", "company", "domain"));
        if (ask.input().isEmpty()) {
            return error(400, "missing_identifier", "Give email, linkedin_url, or name and company.");
        }
        Found found = person(ask, desk);
        if (found.status() == 200 && desk.forcedPending()) {
            return accepted(found.body(), desk, List.of(found.charge()));
        }
        return Reply.json(found.status(), found.body(), found.charge());
    }

    private Found person(PersonAsk ask, Desk desk) {
        String input = ask.input();
        if (!ask.isReadable()) {
            return missed(422, "invalid_email", "The e-mail address is not valid.", input);
        }
        var sight = desk.person(input);
        return sight.found()
                ? new Found(
                        200, ExampleShape.person(ask.person(desk.world()), sight), Charge.each("person", input, 200, 1))
                : missed(404, "not_found", "Nobody is known by this.", input);
    }

    private Reply bulk(Request request, Desk desk) {
        Optional<JsonNode> body = request.json();
        JsonNode emails = body.map(node -> node.path("emails")).orElse(Json.object());
        if (!emails.isArray() || emails.isEmpty()) {
            return error(400, "bad_request", "Give emails, a list of 1 to " + MAX_BULK + " addresses.");
        }
        if (emails.size() > MAX_BULK) {
            return error(400, "too_many_items", "At most " + MAX_BULK + " addresses in one call.");
        }
        boolean partial =
                desk.fault().filter(kind -> kind == FaultKind.BATCH_PARTIAL).isPresent();
        List<Desk.Item> items = new ArrayList<>();
        for (JsonNode email : emails) {
            boolean broken = partial && items.size() % 4 == 1;
            PersonAsk ask = new PersonAsk(PersonAsk.Kind.EMAIL, Inputs.email(email.asText()), "", "");
            Found found =
                    broken ? new Found(500, failure(Operation.of("person.bulk"), 500), ask.input()) : person(ask, desk);
            ObjectNode item = Json.object().put("email", email.asText()).put("status", found.status());
            items.add(new Desk.Item(
                    item.set(found.status() == 200 ? "data" : "error", found.payload()), Optional.of(found.charge())));
        }
        List<Desk.Item> shaped = partial ? items : desk.shaped(items);
        ObjectNode answer = Json.object();
        shaped.forEach(item -> answer.withArray("results").add(item.body()));
        List<Charge> charges =
                shaped.stream().flatMap(item -> item.charge().stream()).toList();
        return Json.text(body.get(), "webhook_url").isPresent() || desk.forcedPending()
                ? accepted(answer.path("results"), desk, charges)
                : Reply.json(200, answer, charges);
    }

    private Reply company(Request request, Desk desk) {
        Optional<String> domain = request.parameter("domain").map(Inputs::domain);
        if (domain.isEmpty()) {
            return error(400, "missing_identifier", "Give domain.");
        }
        String input = domain.get();
        if (!Inputs.isDomain(input)) {
            return error(422, "invalid_domain", "The domain is not valid.")
                    .withCharges(List.of(Charge.free("company", input, 422)));
        }
        var sight = desk.company(input);
        if (!sight.found()) {
            return error(404, "not_found", "No company is known at this domain.")
                    .withCharges(List.of(Charge.free("company", input, 404)));
        }
        ObjectNode found = ExampleShape.company(desk.world().company(input), sight);
        Charge charge = Charge.each("company", input, 200, 1);
        return desk.forcedPending() ? accepted(found, desk, List.of(charge)) : Reply.json(200, found, charge);
    }

    private Reply accepted(JsonNode result, Desk desk, List<Charge> charges) {
        String id = desk.memory().accept(result, desk.now());
        return Reply.json(202, Json.object().put("request_id", id).put("status", "processing"), charges);
    }

    private Reply job(String id, Desk desk) {
        return desk.memory()
                .job(id)
                .map(job -> {
                    ObjectNode state = Json.object().put("request_id", id);
                    return desk.now().isBefore(job.readyAt())
                            ? Reply.json(200, state.put("status", "processing"))
                            : Reply.json(200, state.put("status", "completed").set("data", job.result()));
                })
                .orElseGet(() -> error(404, "unknown_request", "There is no request of this id."));
    }

    private static Found missed(int status, String code, String message, String input) {
        return new Found(status, error(status, code, message), input);
    }

    private static Reply error(int status, String code, String message) {
        ObjectNode body = Json.object();
        body.putObject("error").put("code", code).put("message", message);
        return Reply.json(status, body);
    }

    /** What was found for one person: a whole body, and what a batch item holds of it. */
    private record Found(int status, JsonNode body, Charge charge) {
        private Found(int status, Reply miss, String input) {
            this(status, Json.read(miss.body()).orElseThrow(), Charge.free("person", input, status));
        }

        private JsonNode payload() {
            return status == 200 ? body : body.path("error");
        }
    }
}
