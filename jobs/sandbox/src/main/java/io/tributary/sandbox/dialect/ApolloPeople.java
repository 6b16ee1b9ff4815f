package io.tributary.sandbox.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.sandbox.wire.Charge;
import io.tributary.sandbox.wire.Json;
import io.tributary.sandbox.wire.Reply;
import io.tributary.sandbox.wire.Request;
import io.tributary.sandbox.world.Person;
import io.tributary.sandbox.world.Sight;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Apollo's people, one by one and ten at a time. Too little input is a miss, never an error. */
final class ApolloPeople {
    private static final int MAX_BULK = 10;
    private static final PersonAsk.Names NAMES = new PersonAsk.Names(
            "email", "linkedin_url", "name", "first_name", "last_name", "organization_name", "domain");

    private ApolloPeople() {}

    /** Parameters stand in the query, or in a JSON body, which wins. */
    static Reply match(Request request, Desk desk) {
        Optional<JsonNode> body = request.json();
        if (body.isEmpty() || !(body.get().isMissingNode() || body.get().isObject())) {
            return ApolloDialect.refused(400, "INVALID_REQUEST", "The body is not a JSON object.");
        }
        ObjectNode given = Json.object();
        request.query().forEach((name, values) -> given.put(name, values.get(0)));
        if (body.get().isObject()) {
            given.setAll((ObjectNode) body.get());
        }
        PersonAsk ask = PersonAsk.read(given, NAMES);
        Sight sight = desk.person(ask.input());
        boolean found = ask.isReadable() && sight.found();
        Charge charge = charge(ask, found);
        ObjectNode answer = Json.object();
        if (found) {
            Person person = ask.person(desk.world());
            answer.set("person", ApolloShape.person(person, sight, person.company()));
        } else {
            miss(answer, ask, sight, desk);
        }
        return Reply.json(200, answer.put("request_id", requestId(sight)), charge);
    }

    /** The three forms that a miss has been seen in. */
    private static void miss(ObjectNode answer, PersonAsk ask, Sight sight, Desk desk) {
        switch (sight.noise().at("miss").below(ask.kind() == PersonAsk.Kind.EMAIL && ask.isReadable() ? 3 : 2)) {
            case 0 -> answer.putNull("person");
            case 1 -> answer.put("match_confidence", "none");
            default -> {
                ObjectNode stub = answer.putObject("person").put("name", "").put("match_confidence", "none");
                var employer = desk.world().personByEmail(ask.input()).company();
                stub.set("organization", ApolloShape.organization(employer, desk.company(employer.domain())));
            }
        }
    }

    /** Answers in the order of the details, null for a miss, unless a fault says otherwise. */
    static Reply bulk(Request request, Desk desk) {
        JsonNode details = request.json().map(body -> body.path("details")).orElse(Json.object());
        if (!details.isArray() || details.isEmpty()) {
            return ApolloDialect.refused(422, "UNKNOWN_ERROR", "no implicit conversion of the details into Array");
        }
        if (details.size() > MAX_BULK) {
            return ApolloDialect.refused(400, "RECORD_LIMIT_EXCEEDED", "At most " + MAX_BULK + " records.");
        }
        Set<String> billed = new HashSet<>();
        List<Desk.Item> items = new ArrayList<>();
        for (JsonNode detail : details) {
            PersonAsk ask = PersonAsk.read(detail, NAMES);
            Sight sight = desk.person(ask.input());
            boolean found = ask.isReadable() && sight.found();
            boolean paid = found && billed.add(ask.input());
            JsonNode body = JsonNodeFactory.instance.nullNode();
            if (found) {
                Person person = ask.person(desk.world());
                body = ApolloShape.person(person, sight, person.company());
            }
            items.add(new Desk.Item(body, found && !paid ? Optional.empty() : Optional.of(charge(ask, paid))));
        }
        List<Desk.Item> shaped = desk.shaped(items);
        ArrayNode matches = Json.array();
        shaped.forEach(item -> matches.add(item.body()));
        List<Charge> charges = charges(shaped);
        double credits = charges.stream().mapToDouble(Charge::credits).sum();
        long missing = shaped.stream().filter(item -> item.body().isNull()).count();
        ObjectNode answer = Json.object()
                .put("status", "success")
                .putNull("error_code")
                .putNull("error_message")
                .put("total_requested_enrichments", details.size())
                .put("unique_enriched_records", (long) credits)
                .put("missing_records", missing)
                .put("credits_consumed", credits)
                .put("request_id", requestId(desk.person(details.toString())));
        answer.set("matches", matches);
        return Reply.json(200, answer, charges);
    }

    static List<Charge> charges(List<Desk.Item> items) {
        return items.stream().flatMap(item -> item.charge().stream()).toList();
    }

    private static Charge charge(PersonAsk ask, boolean paid) {
        return paid ? Charge.each("person", ask.input(), 200, 1) : Charge.free("person", ask.input(), 200);
    }

    /** A signed 64-bit number, often negative. */
    private static long requestId(Sight sight) {
        return sight.noise().at("request").state();
    }
}
