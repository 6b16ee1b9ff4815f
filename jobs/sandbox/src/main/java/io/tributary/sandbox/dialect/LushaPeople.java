package io.tributary.sandbox.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.sandbox.wire.Charge;
import io.tributary.sandbox.wire.Json;
import io.tributary.sandbox.wire.Reply;
import io.tributary.sandbox.wire.Request;
import io.tributary.sandbox.world.Person;
import io.tributary.sandbox.world.Sight;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lusha's V2: one contact by GET, or a hundred under the caller's names by POST. */
final class LushaPeople {
    private static final int MAX = 100;

    private LushaPeople() {}

    static Reply find(Request request, Desk desk) {
        ObjectNode given = Json.object();
        request.query().forEach((name, values) -> given.put(name, values.get(0)));
        PersonAsk ask = LushaContacts.ask(given);
        if (ask.kind() == PersonAsk.Kind.NOBODY) {
            return LushaDialect.error(400, "one of personId, email, linkedinUrl, or a name and a company is needed");
        }
        Sight sight = desk.person(ask.input());
        if (!ask.isReadable() || !sight.found()) {
            return Reply.json(200, Json.object().set("contact", missed()), Charge.free("person", ask.input(), 200));
        }
        Person person = ask.person(desk.world());
        double price = price(person, sight, desk);
        ObjectNode contact = found(price).set("data", LushaShape.single(person, sight));
        return Reply.json(200, Json.object().set("contact", contact), charge(ask, price));
    }

    /** Contacts are an object, so no fault can reorder or double them; one that is left out is not billed. */
    static Reply bulk(Request request, Desk desk) {
        JsonNode contacts = request.json().orElse(Json.object()).path("contacts");
        if (!contacts.isArray() || contacts.isEmpty() || contacts.size() > MAX) {
            return LushaDialect.error(400, "contacts must hold 1 to " + MAX + " elements");
        }
        List<Desk.Item> items = new ArrayList<>();
        for (JsonNode contact : contacts) {
            Optional<String> fullName = Json.text(contact, "fullName");
            if (fullName.isPresent() && !fullName.get().contains(" ")) {
                return LushaDialect.error(412, "Full name is not valid");
            }
            PersonAsk ask = LushaContacts.ask(flat(contact));
            if (Json.text(contact, "contactId").isEmpty() || ask.kind() == PersonAsk.Kind.NOBODY) {
                return LushaDialect.error(400, "a contact needs a contactId and an identifier");
            }
            items.add(new Desk.Item(contact, Optional.of(Charge.free("person", ask.input(), 200))));
        }
        ObjectNode body = Json.object();
        ObjectNode answered = body.putObject("contacts");
        ObjectNode companies = body.putObject("companies");
        List<Charge> charges = new ArrayList<>();
        for (Desk.Item item : desk.shaped(items)) {
            if (item.charge().isPresent()) {
                PersonAsk ask = LushaContacts.ask(flat(item.body()));
                charges.add(answer(ask, item.body().path("contactId").asText(), answered, companies, desk));
            }
        }
        return Reply.json(200, body, charges);
    }

    private static Charge answer(PersonAsk ask, String id, ObjectNode answered, ObjectNode companies, Desk desk) {
        Sight sight = desk.person(ask.input());
        if (!ask.isReadable() || !sight.found()) {
            answered.set(id, missed());
            return Charge.free("person", ask.input(), 200);
        }
        Person person = ask.person(desk.world());
        double price = price(person, sight, desk);
        answered.set(id, found(price).set("data", LushaShape.inBulk(person, sight)));
        companies.set(Long.toString(LushaShape.id(person.company().id())), LushaShape.company(person.company()));
        return charge(ask, price);
    }

    /** The employer's name and domain where the other endpoints have them. */
    private static ObjectNode flat(JsonNode contact) {
        ObjectNode flat = Json.object();
        contact.properties().forEach(part -> flat.set(part.getKey(), part.getValue()));
        JsonNode employer = contact.path("companies").path(0);
        Json.text(employer, "name").ifPresent(name -> flat.put("companyName", name));
        Json.text(employer, "domain").ifPresent(domain -> flat.put("companyDomain", domain));
        return flat;
    }

    private static double price(Person person, Sight sight, Desk desk) {
        return LushaContacts.reveal(
                Long.toString(LushaShape.id(person.id())),
                LushaShape.hasEmail(sight),
                LushaShape.hasPhone(sight),
                desk);
    }

    private static Charge charge(PersonAsk ask, double price) {
        return price == 0 ? Charge.free("person", ask.input(), 200) : Charge.each("person", ask.input(), 200, price);
    }

    private static ObjectNode found(double price) {
        return Json.object().putNull("error").put("isCreditCharged", price > 0);
    }

    private static ObjectNode missed() {
        ObjectNode contact = Json.object();
        contact.putObject("error")
                .put("code", 3)
                .put("name", "EMPTY_DATA")
                .put("message", "Could not find requested data");
        return contact.put("isCreditCharged", false);
    }
}
