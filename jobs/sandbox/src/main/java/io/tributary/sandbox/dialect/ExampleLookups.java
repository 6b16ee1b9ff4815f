package io.tributary.sandbox.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.sandbox.fault.FaultKind;
import io.tributary.sandbox.wire.Charge;
import io.tributary.sandbox.wire.Json;
import io.tributary.sandbox.wire.Reply;
import io.tributary.sandbox.wire.Request;
import io.tributary.sandbox.world.Inputs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The look-ups of the common API: at once, in bulk, and as jobs that are paid when they are accepted. */
final class ExampleLookups {
    private static final int MAX_BULK = 100;
    private static final int SLOW = 3;
    private static final PersonAsk.Names NAMES =
            new PersonAsk.Names("email", "linkedin_url", "name", "first_name", "last_name", "company", "domain");

    private ExampleLookups() {}

    static Reply person(Request request, Desk desk) {
        Optional<JsonNode> body = request.json();
        if (body.isEmpty() || !body.get().isObject()) {
            return ExampleDialect.error(400, "bad_request", "The body must be a JSON object.");
        }
        PersonAsk ask = PersonAsk.read(body.get(), NAMES);
        if (ask.input().isEmpty()) {
            return ExampleDialect.error(400, "missing_identifier", "Give email, linkedin_url, or name and company.");
        }
        return answer(person(ask, desk), desk);
    }

    private static Found person(PersonAsk ask, Desk desk) {
        String input = ask.input();
        if (!ask.isReadable()) {
            return missed(422, "invalid_email", "The e-mail address is not valid.", "person", input);
        }
        var sight = desk.person(input);
        return sight.found()
                ? new Found(
                        200,
                        ExampleQuirks.bent(ExampleShape.person(ask.person(desk.world()), sight), input, desk),
                        Charge.each("person", input, 200, 1))
                : missed(404, "not_found", "Nobody is known by this.", "person", input);
    }

    static Reply bulk(Request request, Desk desk) {
        Optional<JsonNode> body = request.json();
        JsonNode emails = body.map(node -> node.path("emails")).orElse(Json.object());
        if (!emails.isArray() || emails.isEmpty()) {
            return ExampleDialect.error(400, "bad_request", "Give emails, a list of 1 to " + MAX_BULK + " addresses.");
        }
        if (emails.size() > MAX_BULK) {
            return ExampleDialect.error(400, "too_many_items", "At most " + MAX_BULK + " addresses in one call.");
        }
        boolean partial =
                desk.fault().filter(kind -> kind == FaultKind.BATCH_PARTIAL).isPresent();
        List<Desk.Item> items = new ArrayList<>();
        for (JsonNode email : emails) {
            PersonAsk ask = new PersonAsk(PersonAsk.Kind.EMAIL, Inputs.email(email.asText()), "", "");
            Found found = partial && items.size() % 4 == 1
                    ? missed(500, "internal_error", "Something went wrong.", "person", ask.input())
                    : person(ask, desk);
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
                ? accepted(answer.path("results"), charges, false, desk)
                : Reply.json(200, answer, charges);
    }

    static Reply company(Request request, Desk desk) {
        Optional<String> domain = request.parameter("domain").map(Inputs::domain);
        if (domain.isEmpty()) {
            return ExampleDialect.error(400, "missing_identifier", "Give domain.");
        }
        String input = domain.get();
        if (!Inputs.isDomain(input)) {
            return answer(missed(422, "invalid_domain", "The domain is not valid.", "company", input), desk);
        }
        var sight = desk.company(input);
        Found found = sight.found()
                ? new Found(
                        200,
                        ExampleQuirks.bent(ExampleShape.company(desk.world().company(input), sight), input, desk),
                        Charge.each("company", input, 200, 1))
                : missed(404, "not_found", "No company is known at this domain.", "company", input);
        return answer(found, desk);
    }

    /** One subject's answer: at once, or as a job. Only what is found takes long or goes wrong. */
    private static Reply answer(Found found, Desk desk) {
        String input = found.charge().input();
        if (found.status() != 200) {
            return Reply.json(found.status(), found.body(), found.charge());
        }
        if (desk.shows(ExampleQuirks.ERROR_IN_200, input)) {
            return Reply.json(
                    200,
                    body("internal", "Something went wrong."),
                    found.charge().unpaid(200));
        }
        boolean fails = desk.shows(ExampleQuirks.JOB_FAILED, input);
        return fails || desk.forcedPending() || desk.shows(ExampleQuirks.JOB, input)
                ? accepted(found.body(), List.of(found.charge()), fails, desk)
                : Reply.json(200, found.body(), found.charge());
    }

    private static Reply accepted(JsonNode data, List<Charge> charges, boolean fails, Desk desk) {
        ObjectNode result = Json.object().put("status", fails ? "failed" : "completed");
        if (!fails) {
            result.set("data", data);
        }
        List<Charge> answers = charges.stream()
                .map(charge -> fails ? charge.unpaid(200) : charge.paidBefore())
                .toList();
        boolean slow = desk.shows(
                ExampleQuirks.SLOW_JOB, charges.isEmpty() ? "" : charges.get(0).input());
        String id = desk.memory().accept(result, answers, slow ? SLOW : 0, desk.now());
        return Reply.json(
                202,
                Json.object().put("request_id", id).put("status", "processing"),
                charges.stream().map(Charge::later).toList());
    }

    static Reply job(String id, Desk desk) {
        return desk.memory()
                .job(id)
                .map(job -> {
                    ObjectNode state = Json.object().put("request_id", id);
                    return job.isReady(desk.now())
                            ? Reply.json(200, state.setAll((ObjectNode) job.result()), job.answers())
                            : Reply.json(200, state.put("status", "processing"));
                })
                .orElseGet(() -> ExampleDialect.error(404, "unknown_request", "There is no request of this id."));
    }

    private static Found missed(int status, String code, String message, String entity, String input) {
        return new Found(status, body(code, message), Charge.free(entity, input, status));
    }

    private static ObjectNode body(String code, String message) {
        ObjectNode body = Json.object();
        body.putObject("error").put("code", code).put("message", message);
        return body;
    }

    /** What was found for one subject: a whole body, and what a batch item holds of it. */
    private record Found(int status, JsonNode body, Charge charge) {
        private JsonNode payload() {
            return status == 200 ? body : body.path("error");
        }
    }
}
