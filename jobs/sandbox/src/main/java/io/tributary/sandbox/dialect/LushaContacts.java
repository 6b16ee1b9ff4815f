package io.tributary.sandbox.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.sandbox.fault.FaultKind;
import io.tributary.sandbox.wire.Charge;
import io.tributary.sandbox.wire.Json;
import io.tributary.sandbox.wire.Reply;
import io.tributary.sandbox.wire.Request;
import io.tributary.sandbox.wire.Truth;
import io.tributary.sandbox.world.Sight;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Lusha's V3 search-and-enrich: up to 100 contacts, each with its own error, one price for the call. */
final class LushaContacts {
    private static final int MAX = 100;
    private static final double SEARCH = 1;
    private static final double EMAIL = 1;
    private static final double PHONE = 5;
    private static final PersonAsk.Names NAMES = new PersonAsk.Names(
            "email", "linkedinUrl", "fullName", "firstName", "lastName", "companyName", "companyDomain");

    private LushaContacts() {}

    /** Whom a contact means; V3 and the GET of V2 name its parts alike. */
    static PersonAsk ask(JsonNode contact) {
        return PersonAsk.read(contact, NAMES);
    }

    /** What revealing costs now: a data point that the account has revealed before is free. */
    static double reveal(String id, boolean email, boolean phone, Desk desk) {
        return (email && desk.memory().buys("email|" + id) ? EMAIL : 0)
                + (phone && desk.memory().buys("phone|" + id) ? PHONE : 0);
    }

    static Reply searchAndEnrich(Request request, Desk desk) {
        JsonNode body = request.json().orElse(Json.object());
        JsonNode contacts = body.path("contacts");
        if (!contacts.isArray() || contacts.isEmpty() || contacts.size() > MAX) {
            return LushaDialect.error(400, "contacts must hold 1 to " + MAX + " elements");
        }
        List<PersonAsk> asks = new ArrayList<>();
        contacts.forEach(contact -> asks.add(ask(contact)));
        if (asks.stream().anyMatch(ask -> ask.kind() == PersonAsk.Kind.NOBODY)) {
            return LushaDialect.error(400, "a contact needs an e-mail, a page, or a name and a company");
        }
        return LushaQuirks.refusal(asks, desk).orElseGet(() -> answer(body, asks, desk));
    }

    private static Reply answer(JsonNode body, List<PersonAsk> asks, Desk desk) {
        boolean emails = reveals(body, "emails");
        boolean phones = reveals(body, "phones");
        double most = SEARCH + (emails ? EMAIL : 0) + (phones ? PHONE : 0);
        boolean failing =
                desk.fault().filter(kind -> kind == FaultKind.BATCH_PARTIAL).isPresent();
        int reached = desk.shows(LushaQuirks.CREDITS_END) ? asks.size() / 2 : asks.size();
        boolean halted = reached == asks.size() && reached > 1 && desk.shows(LushaQuirks.HALTED);
        List<Desk.Item> items = new ArrayList<>();
        List<Charge> unanswered = new ArrayList<>();
        double left = desk.creditsLeft();
        boolean ended = false;
        for (int i = 0; i < asks.size(); i++) {
            PersonAsk ask = asks.get(i);
            Charge nothing = Charge.free("person", ask.input(), 200).unpaid(200);
            ended |= i >= reached || left < most;
            if (ended || halted && i == asks.size() - 1 || desk.shows(LushaQuirks.LEFT_OUT, ask.input())) {
                unanswered.add(nothing);
                continue;
            }
            boolean fails = failing && items.size() % 4 == 1;
            Desk.Item item = item(body.path("contacts").get(i), ask, fails, emails, phones, desk);
            left -= item.charge().orElseThrow().credits() > 0 ? most : 0;
            items.add(item);
        }
        Reply reply = reply(failing ? items : desk.shaped(items), ended, halted, desk);
        List<Charge> charges = new ArrayList<>(reply.charges());
        charges.addAll(unanswered);
        return reply.withCharges(charges);
    }

    private static Desk.Item item(
            JsonNode contact, PersonAsk ask, boolean fails, boolean emails, boolean phones, Desk desk) {
        ObjectNode node = Json.object();
        Json.text(contact, "clientReferenceId").ifPresent(text -> node.put("clientReferenceId", text));
        Sight sight = desk.person(ask.input());
        if (fails || desk.shows(LushaQuirks.ENRICH_FAILED, ask.input())) {
            return missed(node, ask, "ENRICH_FAILED");
        }
        if (!ask.isReadable() || !sight.found()) {
            boolean restricted = desk.shows(LushaQuirks.RESTRICTED, ask.input());
            return missed(node, ask, restricted ? "COMPLIANCE_RESTRICTED" : "NOT_FOUND");
        }
        node.setAll(LushaShape.contact(ask.person(desk.world()), sight, emails, phones));
        if (desk.shows(LushaQuirks.ID_NUMBER, ask.input())) {
            node.put("id", node.path("id").asLong());
        }
        return new Desk.Item(node, Optional.of(Charge.each("person", ask.input(), 200, SEARCH)));
    }

    /** A contact that failed is final like one that can't be read: to try it again is nowhere advised. */
    private static Desk.Item missed(ObjectNode node, PersonAsk ask, String code) {
        node.putObject("error").put("code", code).put("message", code.equals("NOT_FOUND") ? "Contact not found" : code);
        Truth truth =
                switch (code) {
                    case "COMPLIANCE_RESTRICTED" -> Truth.SUPPRESSED;
                    case "ENRICH_FAILED" -> Truth.UNREADABLE;
                    default -> Truth.MISSED;
                };
        return new Desk.Item(
                node, Optional.of(Charge.free("person", ask.input(), 200).meaning(truth)));
    }

    /** What a fault takes out of the batch is neither revealed nor billed, so prices are made here. */
    private static Reply reply(List<Desk.Item> shaped, boolean ended, boolean halted, Desk desk) {
        ObjectNode body = Json.object()
                .put(
                        "requestId",
                        desk.world()
                                .noise("lusha")
                                .at(desk.now().toEpochMilli())
                                .uuid());
        ArrayNode results = body.putArray("results");
        List<Charge> charges = new ArrayList<>();
        int returned = 0;
        for (Desk.Item item : ordered(shaped, desk)) {
            results.add(item.body());
            returned += item.body().has("error") ? 0 : 1;
            item.charge().map(charge -> priced(charge, item.body(), desk)).ifPresent(charges::add);
        }
        body.putObject("billing")
                .put(
                        "creditsCharged",
                        charges.stream().mapToDouble(Charge::credits).sum())
                .put("resultsReturned", returned);
        LushaQuirks.status(body, ended, halted, desk);
        if (desk.shows(LushaQuirks.STRANGER)) {
            results.insert(0, LushaQuirks.stranger());
        }
        return Reply.json(200, body, charges);
    }

    private static List<Desk.Item> ordered(List<Desk.Item> items, Desk desk) {
        List<Desk.Item> ordered = new ArrayList<>(items);
        if (desk.shows(LushaQuirks.REORDERED)) {
            Collections.reverse(ordered);
        }
        return ordered;
    }

    private static Charge priced(Charge search, JsonNode result, Desk desk) {
        if (search.credits() == 0 || desk.shows(LushaQuirks.ALREADY_REVEALED, search.input())) {
            return search;
        }
        double reveal = reveal(
                result.path("id").asText(),
                !result.path("emails").isEmpty(),
                !result.path("phones").isEmpty(),
                desk);
        return Charge.each(search.entity(), search.input(), search.status(), search.credits() + reveal);
    }

    /** Both are revealed unless the request says which. */
    private static boolean reveals(JsonNode body, String field) {
        JsonNode reveal = body.path("reveal");
        if (!reveal.isArray()) {
            return true;
        }
        for (JsonNode each : reveal) {
            if (each.asText().equals(field)) {
                return true;
            }
        }
        return false;
    }
}
