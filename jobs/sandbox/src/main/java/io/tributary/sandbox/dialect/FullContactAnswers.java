package io.tributary.sandbox.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.sandbox.wire.Charge;
import io.tributary.sandbox.wire.Json;
import io.tributary.sandbox.wire.Reply;
import io.tributary.sandbox.wire.Request;
import io.tributary.sandbox.world.Inputs;
import io.tributary.sandbox.world.Sight;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** FullContact's two calls: the best identifier counts, the others are ignored without a word. */
final class FullContactAnswers {
    private static final int MOST_IDENTIFIERS = 25;
    private static final Set<String> CONFIDENCES = Set.of("LOW", "MED", "HIGH", "MAX");
    private static final PersonAsk.Names NAMES =
            new PersonAsk.Names("email", "profile", "name", "given", "family", "place", "domain");

    private FullContactAnswers() {}

    static Reply answer(Operation operation, Request request, Desk desk) {
        Optional<JsonNode> body = request.json().filter(JsonNode::isObject);
        if (body.isEmpty()) {
            // A code in place of a status.
            return Reply.json(400, Json.object().put("code", 400).put("message", "Unable to process JSON"));
        }
        return operation.name().equals("company.enrich")
                ? company(body.get(), operation, desk)
                : person(body.get(), operation, desk);
    }

    private static Reply person(JsonNode body, Operation operation, Desk desk) {
        for (String many : List.of("emails", "phones", "profiles", "maids")) {
            if (body.path(many).size() > MOST_IDENTIFIERS) {
                return FullContactDialect.error(400, "At most " + MOST_IDENTIFIERS + " " + many + " are taken");
            }
        }
        PersonAsk ask = PersonAsk.read(flat(body), NAMES).orPhone(first(body, "phone", "phones"));
        if (ask.kind() == PersonAsk.Kind.NOBODY
                || !CONFIDENCES.contains(Json.text(body, "confidence").orElse("HIGH"))) {
            return FullContactDialect.error(400, "The request has no valid identifier, or an unknown confidence");
        }
        String input = ask.input();
        if (!ask.isReadable()) {
            return unreadable("person", input, operation, desk);
        }
        Optional<Reply> other = inPlace("person", input, desk);
        if (other.isPresent()) {
            return other.get();
        }
        Sight sight = desk.person(input);
        return headed(
                sight.found()
                        ? found("person", input, FullContactShape.person(ask.person(desk.world()), sight, input, desk))
                        : missed("person", input, FullContactDialect.body(404, "Profile not found")),
                input,
                desk);
    }

    private static Reply company(JsonNode body, Operation operation, Desk desk) {
        Optional<String> domain = Json.text(body, "domain").map(Inputs::domain);
        if (domain.isEmpty()) {
            return FullContactDialect.error(400, "A domain is required");
        }
        String input = domain.get();
        if (!Inputs.isDomain(input)) {
            return unreadable("company", input, operation, desk);
        }
        Optional<Reply> other = inPlace("company", input, desk);
        if (other.isPresent()) {
            return other.get();
        }
        Sight sight = desk.company(input);
        return headed(
                sight.found()
                        ? found(
                                "company",
                                input,
                                FullContactShape.company(desk.world().company(input), sight, desk))
                        : missed("company", input, companyMiss(input, desk)),
                input,
                desk);
    }

    private static ObjectNode companyMiss(String input, Desk desk) {
        return desk.shows(FullContactQuirks.NOT_REGISTERED, input)
                ? FullContactDialect.body(404, "The domain " + input + " does not appear to be registered.")
                        .put("requestId", requestId(input, desk))
                        .put("reasonCode", "NOT_REGISTERED")
                : FullContactDialect.body(404, "Profile not found");
    }

    /** What is said in place of an answer: a refusal by 403, or that it is queued. */
    private static Optional<Reply> inPlace(String entity, String input, Desk desk) {
        if (desk.shows(FullContactQuirks.QUOTA_403, thisCall(input, desk))) {
            return Optional.of(free(FullContactDialect.quotaForbidden(), entity, input, desk));
        }
        if (desk.shows(FullContactQuirks.KEY_403, thisCall(input, desk))) {
            return Optional.of(free(FullContactDialect.keyForbidden(), entity, input, desk));
        }
        boolean queued = desk.shows(FullContactQuirks.QUEUED, entity + "|" + input);
        if (desk.pending(entity, input, queued)) {
            ObjectNode body = FullContactDialect.body(
                            202, "Queued for search. Please retry your query within about 2 minutes.")
                    .put("requestId", requestId(input, desk));
            return Optional.of(free(Reply.json(202, body), entity, input, desk));
        }
        return Optional.empty();
    }

    private static Reply unreadable(String entity, String input, Operation operation, Desk desk) {
        return free(new FullContactDialect().failure(operation, 422), entity, input, desk);
    }

    private static Reply free(Reply reply, String entity, String input, Desk desk) {
        return headed(reply.withCharges(List.of(Charge.free(entity, input, reply.status()))), input, desk);
    }

    private static Reply found(String entity, String input, ObjectNode body) {
        return Reply.json(200, body, Charge.each(entity, input, 200, 1));
    }

    /** Whether a miss counts is unconfirmed: the worse is simulated. */
    private static Reply missed(String entity, String input, ObjectNode body) {
        return Reply.json(404, body, Charge.each(entity, input, 404, 1));
    }

    private static Reply headed(Reply reply, String input, Desk desk) {
        String call = thisCall(input, desk);
        Reply headed = desk.shows(FullContactQuirks.LEGACY_HEADERS, call)
                ? reply.withHeaders(FullContactDialect.legacy("0"))
                : reply;
        if (!desk.shows(FullContactQuirks.RATE_DELAY, call)) {
            return headed;
        }
        int most = (int) FullContactDialect.LONGEST_DELAY.toMillis();
        int delay = 1 + desk.world().noise("fullcontact").at("delay").at(call).below(most);
        return headed.withHeader(FullContactDialect.DELAY, Integer.toString(delay));
    }

    private static String thisCall(String input, Desk desk) {
        return input + "|" + desk.now();
    }

    private static String requestId(String input, Desk desk) {
        return desk.world()
                .noise("fullcontact")
                .at("request")
                .at(thisCall(input, desk))
                .uuid();
    }

    /** The identifiers under plain names; a name counts together with a place only. */
    private static ObjectNode flat(JsonNode body) {
        ObjectNode flat = Json.object();
        first(body, "email", "emails").ifPresent(email -> flat.put("email", email));
        for (JsonNode profile : body.path("profiles")) {
            Json.text(profile, "url")
                    .or(() -> Json.text(profile, "username"))
                    .ifPresent(page -> flat.put("profile", page));
        }
        JsonNode name = body.path("name");
        Json.text(name, "full").ifPresent(full -> flat.put("name", full));
        Json.text(name, "given").ifPresent(given -> flat.put("given", given));
        Json.text(name, "family").ifPresent(family -> flat.put("family", family));
        JsonNode location = body.path("location");
        Json.text(body, "placekey")
                .or(() -> Json.text(location, "addressLine1"))
                .ifPresent(place -> flat.put("place", place));
        return flat;
    }

    private static Optional<String> first(JsonNode body, String one, String many) {
        return Json.text(body, one)
                .or(() -> body.path(many).isEmpty()
                        ? Optional.empty()
                        : Optional.of(body.path(many).path(0).asText()));
    }
}
