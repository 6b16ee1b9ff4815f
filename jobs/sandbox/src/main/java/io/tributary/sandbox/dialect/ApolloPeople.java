package io.tributary.sandbox.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.sandbox.wire.Charge;
import io.tributary.sandbox.wire.Json;
import io.tributary.sandbox.wire.Reply;
import io.tributary.sandbox.wire.Request;
import io.tributary.sandbox.wire.Truth;
import io.tributary.sandbox.world.Sight;
import java.util.ArrayList;
import java.util.Collections;
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
        ObjectNode answer = Json.object();
        if (found) {
            answer.set("person", ApolloQuirks.person(ask, sight, true, desk));
        } else {
            miss(answer, ask, desk);
        }
        Charge charge = found ? Charge.each("person", ask.input(), 200, 1) : Charge.free("person", ask.input(), 200);
        return Reply.json(200, answer.put("request_id", requestId(sight)), charge);
    }

    /** The three forms that a miss has been seen in. */
    private static void miss(ObjectNode answer, PersonAsk ask, Desk desk) {
        if (isByEmail(ask) && desk.shows(ApolloQuirks.STUB, ask.input())) {
            answer.set("person", ApolloQuirks.stub(ask.input(), desk));
        } else if (desk.shows(ApolloQuirks.PERSON_ABSENT, ask.input())) {
            answer.put("match_confidence", "none");
        } else {
            answer.putNull("person");
        }
    }

    private static boolean isByEmail(PersonAsk ask) {
        return ask.kind() == PersonAsk.Kind.EMAIL && ask.isReadable();
    }

    /** How one batch is answered. Without a stated price the usual one holds, for nobody could know another. */
    private record Manner(boolean reordered, boolean gapsClosed, boolean priced, double price) {
        static Manner of(Desk desk) {
            boolean priced = !desk.shows(ApolloQuirks.CREDITS_ABSENT);
            return new Manner(
                    desk.shows(ApolloQuirks.REORDERED),
                    desk.shows(ApolloQuirks.GAPS_CLOSED),
                    priced,
                    priced && desk.shows(ApolloQuirks.HALF_PRICE) ? 0.5 : 1);
        }

        boolean placed() {
            return !reordered && !gapsClosed;
        }
    }

    /** Answers in the order of the details, null for a miss, unless a habit or a fault says otherwise. */
    static Reply bulk(Request request, Desk desk) {
        JsonNode details = request.json().map(body -> body.path("details")).orElse(Json.object());
        if (!details.isArray() || details.isEmpty()) {
            return ApolloDialect.refused(422, "UNKNOWN_ERROR", "no implicit conversion of the details into Array");
        }
        if (details.size() > MAX_BULK) {
            return ApolloDialect.refused(400, "RECORD_LIMIT_EXCEEDED", "At most " + MAX_BULK + " records.");
        }
        Manner manner = Manner.of(desk);
        Set<String> billed = new HashSet<>();
        List<Desk.Item> items = new ArrayList<>();
        for (JsonNode detail : details) {
            items.add(item(PersonAsk.read(detail, NAMES), manner, billed, desk));
        }
        ObjectNode answer = Json.object().put("status", "success").putNull("error_code");
        if (desk.shows(ApolloQuirks.NO_MATCHES)) {
            return Reply.json(
                    200,
                    answer,
                    charges(items).stream().map(charge -> charge.unpaid(200)).toList());
        }
        List<Desk.Item> shaped = new ArrayList<>(desk.shaped(items));
        if (manner.reordered()) {
            Collections.reverse(shaped);
        }
        List<Charge> charges = charges(shaped);
        ArrayNode matches = Json.array();
        shaped.stream()
                .map(Desk.Item::body)
                .filter(body -> !(body.isNull() && manner.gapsClosed()))
                .forEach(matches::add);
        double credits = charges.stream().mapToDouble(Charge::credits).sum();
        answer.putNull("error_message")
                .put("total_requested_enrichments", details.size())
                .put(
                        "unique_enriched_records",
                        charges.stream().filter(charge -> charge.credits() > 0).count())
                .put(
                        "missing_records",
                        shaped.stream().filter(item -> item.body().isNull()).count())
                .put("request_id", requestId(desk.person(details.toString())));
        if (manner.priced()) {
            answer.put("credits_consumed", credits);
        }
        answer.set("matches", matches);
        return Reply.json(200, answer, charges);
    }

    private static Desk.Item item(PersonAsk ask, Manner manner, Set<String> billed, Desk desk) {
        String input = ask.input();
        Sight sight = desk.person(input);
        if (!ask.isReadable() || !sight.found()) {
            return miss(ask, sight, manner, desk);
        }
        JsonNode body = ApolloQuirks.person(ask, sight, manner.placed(), desk);
        if (!billed.add(input)) {
            return new Desk.Item(body, Optional.empty());
        }
        Charge charge = manner.priced() && desk.shows(ApolloQuirks.ALREADY_PAID, input)
                ? Charge.free("person", input, 200).meaning(Truth.FOUND)
                : Charge.each("person", input, 200, manner.price());
        return new Desk.Item(body, Optional.of(charge));
    }

    private static Desk.Item miss(PersonAsk ask, Sight sight, Manner manner, Desk desk) {
        Charge free = Charge.free("person", ask.input(), 200);
        if (ask.isReadable() && manner.priced() && desk.shows(ApolloQuirks.STRANGER, ask.input())) {
            Charge paid = Charge.each("person", ask.input(), 200, manner.price());
            return new Desk.Item(ApolloQuirks.stranger(sight, desk), Optional.of(paid.meaning(Truth.MISSED)));
        }
        return new Desk.Item(
                isByEmail(ask) && desk.shows(ApolloQuirks.BULK_STUB, ask.input())
                        ? ApolloQuirks.stub(ask.input(), desk)
                        : JsonNodeFactory.instance.nullNode(),
                Optional.of(free));
    }

    static List<Charge> charges(List<Desk.Item> items) {
        return items.stream().flatMap(item -> item.charge().stream()).toList();
    }

    /** A signed 64-bit number, often negative. */
    private static long requestId(Sight sight) {
        return sight.noise().at("request").state();
    }
}
