package io.tributary.sandbox.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.sandbox.fault.FaultKind;
import io.tributary.sandbox.wire.Charge;
import io.tributary.sandbox.wire.Json;
import io.tributary.sandbox.wire.Reply;
import io.tributary.sandbox.wire.Request;
import io.tributary.sandbox.wire.Truth;
import io.tributary.sandbox.world.Sight;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lusha's V3 search-and-enrich: up to 100 contacts, each with its own error, one price for the call. */
final class LushaContacts {
    private static final int MAX = 100;
    static final Quirk RESTRICTED =
            new Quirk("restricted", "a contact that is not found is told to be restricted for compliance", 0.02);
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
        boolean emails = reveals(body, "emails");
        boolean phones = reveals(body, "phones");
        boolean failing =
                desk.fault().filter(kind -> kind == FaultKind.BATCH_PARTIAL).isPresent();
        List<Desk.Item> items = new ArrayList<>();
        double left = desk.creditsLeft();
        boolean halted = false;
        for (JsonNode contact : contacts) {
            PersonAsk ask = ask(contact);
            if (ask.kind() == PersonAsk.Kind.NOBODY) {
                return LushaDialect.error(400, "a contact needs an e-mail, a page, or a name and a company");
            }
            double most = SEARCH + (emails ? EMAIL : 0) + (phones ? PHONE : 0);
            if (left < most) {
                halted = true;
                break;
            }
            boolean fails = failing && items.size() % 4 == 1;
            Desk.Item item = item(contact, ask, fails, emails, phones, desk);
            left -= item.charge().orElseThrow().credits() > 0 ? most : 0;
            items.add(item);
        }
        return reply(failing ? items : desk.shaped(items), halted, desk);
    }

    private static Desk.Item item(
            JsonNode contact, PersonAsk ask, boolean fails, boolean emails, boolean phones, Desk desk) {
        ObjectNode node = Json.object();
        Json.text(contact, "clientReferenceId").ifPresent(text -> node.put("clientReferenceId", text));
        Sight sight = desk.person(ask.input());
        if (fails) {
            return missed(node, ask, "ENRICH_FAILED");
        }
        if (!ask.isReadable() || !sight.found()) {
            return missed(node, ask, desk.shows(RESTRICTED, ask.input()) ? "COMPLIANCE_RESTRICTED" : "NOT_FOUND");
        }
        node.setAll(LushaShape.contact(ask.person(desk.world()), sight, emails, phones));
        return new Desk.Item(node, Optional.of(Charge.each("person", ask.input(), 200, SEARCH)));
    }

    private static Desk.Item missed(ObjectNode node, PersonAsk ask, String code) {
        node.putObject("error").put("code", code).put("message", code.equals("NOT_FOUND") ? "Contact not found" : code);
        Charge charge = Charge.free("person", ask.input(), 200);
        return new Desk.Item(
                node, Optional.of(code.equals("COMPLIANCE_RESTRICTED") ? charge.meaning(Truth.SUPPRESSED) : charge));
    }

    /** What a fault takes out of the batch is neither revealed nor billed, so prices are made here. */
    private static Reply reply(List<Desk.Item> shaped, boolean halted, Desk desk) {
        ObjectNode body = Json.object()
                .put(
                        "requestId",
                        desk.world()
                                .noise("lusha")
                                .at(desk.now().toEpochMilli())
                                .uuid());
        var results = body.putArray("results");
        List<Charge> charges = new ArrayList<>();
        int returned = 0;
        for (Desk.Item item : shaped) {
            results.add(item.body());
            returned += item.body().has("error") ? 0 : 1;
            item.charge().map(charge -> priced(charge, item.body(), desk)).ifPresent(charges::add);
        }
        body.putObject("billing")
                .put(
                        "creditsCharged",
                        charges.stream().mapToDouble(Charge::credits).sum())
                .put("resultsReturned", returned);
        if (halted) {
            body.put("status", shaped.isEmpty() ? "OUT_OF_CREDITS" : "PARTIAL_OUT_OF_CREDITS");
        }
        return Reply.json(200, body, charges);
    }

    private static Charge priced(Charge search, JsonNode result, Desk desk) {
        if (search.credits() == 0) {
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
