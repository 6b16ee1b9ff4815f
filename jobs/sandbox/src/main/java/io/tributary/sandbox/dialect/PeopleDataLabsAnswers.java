package io.tributary.sandbox.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.sandbox.fault.FaultKind;
import io.tributary.sandbox.wire.Charge;
import io.tributary.sandbox.wire.Json;
import io.tributary.sandbox.wire.Reply;
import io.tributary.sandbox.wire.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One record, or up to a hundred as a bare list of items, each with its own status. */
final class PeopleDataLabsAnswers {
    private static final int MOST_ASKED = 100;
    private static final int MOST_ANSWERED = 80;
    private static final int FEW = 10;

    private PeopleDataLabsAnswers() {}

    static Reply single(PeopleDataLabsEntity entity, Request request, Desk desk) {
        Optional<JsonNode> body = request.json();
        if (body.isEmpty() || !(body.get().isMissingNode() || body.get().isObject())) {
            return invalid("The body is not a JSON object");
        }
        ObjectNode params = Json.object();
        request.query().forEach((name, values) -> params.put(name, values.get(0)));
        if (body.get().isObject()) {
            params.setAll((ObjectNode) body.get());
        }
        Desk.Item item = item(entity, params, desk.creditsLeft(), desk);
        return Reply.json(
                item.body().path("status").asInt(),
                item.body(),
                item.charge().stream().toList());
    }

    /** 200 even where items fail. Credits that end inside are told by the items that they do not reach. */
    static Reply bulk(PeopleDataLabsEntity entity, Request request, Desk desk) {
        JsonNode requests = request.json().orElse(Json.object()).path("requests");
        if (!requests.isArray() || requests.isEmpty() || requests.size() > MOST_ASKED) {
            return invalid("requests must hold 1 to " + MOST_ASKED + " elements");
        }
        boolean failing =
                desk.fault().filter(kind -> kind == FaultKind.BATCH_PARTIAL).isPresent();
        double left = desk.creditsLeft();
        List<Desk.Item> items = new ArrayList<>();
        for (JsonNode each : requests) {
            boolean fails = failing && items.size() % 4 == 1;
            Desk.Item item =
                    fails ? failed(entity, each.path("params"), desk) : item(entity, each.path("params"), left, desk);
            left -= item.charge().map(Charge::credits).orElse(0.0);
            if (each.has("metadata")) {
                ((ObjectNode) item.body()).set("metadata", each.path("metadata"));
            }
            items.add(item);
        }
        List<Desk.Item> shaped = failing ? items : desk.shaped(items);
        List<Charge> charges =
                shaped.stream().flatMap(item -> item.charge().stream()).toList();
        return tooLarge(requests, charges, desk).orElseGet(() -> {
            ArrayNode body = Json.array();
            shaped.forEach(item -> body.add(item.body()));
            return Reply.json(200, body, charges);
        });
    }

    /** More than 1 MB can't be answered; nothing is billed for it. */
    private static Optional<Reply> tooLarge(JsonNode requests, List<Charge> charges, Desk desk) {
        int most = desk.shows(PeopleDataLabsQuirks.TOO_LARGE, requests.toString()) ? FEW : MOST_ANSWERED;
        return charges.stream().filter(charge -> charge.credits() > 0).count() > most
                ? Optional.of(PeopleDataLabsDialect.error(502, "api_error", "Bad gateway")
                        .withCharges(charges.stream()
                                .map(charge -> charge.unpaid(502))
                                .toList()))
                : Optional.empty();
    }

    private static Desk.Item item(PeopleDataLabsEntity entity, JsonNode params, double left, Desk desk) {
        Optional<PeopleDataLabsEntity.Subject> asked = entity.subject(params, desk);
        if (asked.isEmpty()) {
            return new Desk.Item(
                    PeopleDataLabsDialect.errorBody(400, "invalid_request_error", "The inputs are too few"),
                    Optional.empty());
        }
        PeopleDataLabsEntity.Subject subject = asked.get();
        if (!subject.isMatch(params)) {
            return new Desk.Item(miss(subject.input(), desk), Optional.of(free(subject, 404)));
        }
        return left < 1
                ? new Desk.Item(
                        PeopleDataLabsDialect.errorBody(402, "payment_required", "All matches are used up"),
                        Optional.of(free(subject, 402)))
                : new Desk.Item(subject.body(), Optional.of(Charge.each(subject.entity(), subject.input(), 200, 1)));
    }

    private static Desk.Item failed(PeopleDataLabsEntity entity, JsonNode params, Desk desk) {
        return new Desk.Item(
                PeopleDataLabsDialect.errorBody(500, "api_error", "Internal server error"),
                entity.subject(params, desk).map(subject -> free(subject, 500)));
    }

    private static ObjectNode miss(String input, Desk desk) {
        String message = "No records were found matching your request";
        if (desk.shows(PeopleDataLabsQuirks.ERROR_MISSING, input)) {
            return Json.object().put("status", 404).put("message", message);
        }
        ObjectNode body = PeopleDataLabsDialect.errorBody(404, "not_found", message);
        if (desk.shows(PeopleDataLabsQuirks.TYPE_A_LIST, input)) {
            ((ObjectNode) body.path("error")).putArray("type").add("not_found");
        }
        return body;
    }

    private static Charge free(PeopleDataLabsEntity.Subject subject, int status) {
        return Charge.free(subject.entity(), subject.input(), status);
    }

    private static Reply invalid(String message) {
        return PeopleDataLabsDialect.error(400, "invalid_request_error", message);
    }
}
