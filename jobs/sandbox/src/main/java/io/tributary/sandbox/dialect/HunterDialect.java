package io.tributary.sandbox.dialect;

import static io.tributary.sandbox.quota.Limit.Kind.SLIDING;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.sandbox.quota.Limit;
import io.tributary.sandbox.wire.Charge;
import io.tributary.sandbox.wire.Json;
import io.tributary.sandbox.wire.Reply;
import io.tributary.sandbox.wire.Request;
import io.tributary.sandbox.world.Inputs;
import io.tributary.sandbox.world.Sight;
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
    public Reply answer(Operation operation, Request request, Desk desk) {
        return switch (operation.name()) {
            case "company.find" -> company(request, desk);
            case "email.find" -> HunterAddresses.find(request, desk);
            case VERIFY -> HunterAddresses.verify(request, desk);
            case "account.read" -> account(desk);
            default -> person(operation.name().equals("combined.find"), request, desk);
        };
    }

    private static Reply person(boolean combined, Request request, Desk desk) {
        PersonAsk ask = PersonAsk.read(
                Json.object()
                        .put("email", request.parameter("email").orElse(""))
                        .put("linkedin", request.parameter("linkedin_handle").orElse("")),
                new PersonAsk.Names("email", "linkedin", "name", "first", "last", "company", "domain"));
        String input = ask.input();
        String entity = combined ? "combined" : "person";
        if (ask.kind() == PersonAsk.Kind.NOBODY) {
            return error(400, "wrong_params", "Give email or linkedin_handle.");
        }
        if (!ask.isReadable()) {
            return error(400, "invalid_email", "The e-mail address is not valid.")
                    .withCharges(List.of(Charge.free(entity, input, 400)));
        }
        Sight sight = desk.person(input);
        var person = ask.person(desk.world());
        if (!combined) {
            return sight.found()
                    ? found(
                            hunterPerson(ClearbitShape.person(person, sight)),
                            request,
                            Charge.each(entity, input, 200, 1))
                    : missing(entity, input);
        }
        Sight employer = desk.company(person.company().domain());
        if (!sight.found() && !employer.found()) {
            return missing(entity, input);
        }
        ObjectNode data = Json.object();
        if (sight.found()) {
            data.set("person", hunterPerson(ClearbitShape.person(person, sight)));
        } else {
            data.putNull("person");
        }
        if (employer.found()) {
            data.set("company", hunterCompany(ClearbitShape.company(person.company(), employer), employer));
        } else {
            data.putNull("company");
        }
        int credits = (sight.found() ? 1 : 0) + (employer.found() ? 1 : 0);
        return found(data, request, Charge.each(entity, input, 200, credits));
    }

    private static Reply company(Request request, Desk desk) {
        Optional<String> domain = request.parameter("domain").map(Inputs::domain);
        if (domain.isEmpty() || !Inputs.isDomain(domain.get())) {
            return error(400, "wrong_params", "Give a valid domain.");
        }
        String input = domain.get();
        Sight sight = desk.company(input);
        return sight.found()
                ? found(
                        hunterCompany(ClearbitShape.company(desk.world().company(input), sight), sight),
                        request,
                        Charge.each("company", input, 200, 1))
                : missing("company", input);
    }

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
                .put("available", desk.creditsLeft());
        return Reply.json(200, Json.object().set("data", data));
    }

    /** Where Hunter's person differs from Clearbit's: the handle is bare and the mail provider is a name. */
    private static ObjectNode hunterPerson(ObjectNode person) {
        JsonNode handle = person.path("linkedin").path("handle");
        if (handle.isTextual()) {
            person.putObject("linkedin").put("handle", handle.asText().substring("in/".length()));
        }
        person.put("emailProvider", "google.com");
        return person;
    }

    /** Where Hunter's company differs from Clearbit's: the head count may be a range, as text. */
    private static ObjectNode hunterCompany(ObjectNode company, Sight sight) {
        company.put("emailProvider", "google.com");
        ObjectNode metrics = (ObjectNode) company.path("metrics");
        if (sight.noise().at("range").unit() < 0.5
                && metrics.path("employeesRange").isTextual()) {
            metrics.set("employees", metrics.remove("employeesRange"));
        }
        return company;
    }

    static Reply found(JsonNode data, Request request, Charge charge) {
        return Reply.json(200, withParameters(data, request), charge);
    }

    /** The answer's wrapping: the data, and the parameters as they were understood. */
    static ObjectNode withParameters(JsonNode data, Request request) {
        ObjectNode body = Json.object().set("data", data);
        ObjectNode params = body.putObject("meta").putObject("params");
        request.query().forEach((name, values) -> {
            if (!name.equals("api_key") && !values.isEmpty()) {
                params.put(name, values.get(0));
            }
        });
        return body;
    }

    static Reply error(int code, String id, String details) {
        ObjectNode body = Json.object();
        body.putArray("errors").addObject().put("id", id).put("code", code).put("details", details);
        return Reply.json(code, body);
    }

    private static Reply missing(String entity, String input) {
        return error(404, "not_found", "No data was found.").withCharges(List.of(Charge.free(entity, input, 404)));
    }
}
