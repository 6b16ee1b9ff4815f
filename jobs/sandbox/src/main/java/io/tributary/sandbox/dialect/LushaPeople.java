package io.tributary.sandbox.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.sandbox.wire.Charge;
import io.tributary.sandbox.wire.Json;
import io.tributary.sandbox.wire.Reply;
import io.tributary.sandbox.wire.Request;
import io.tributary.sandbox.wire.Truth;
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
        return LushaQuirks.refusal(List.of(ask), desk).orElseGet(() -> single(ask, desk));
    }

    private static Reply single(PersonAsk ask, Desk desk) {
        Sight sight = desk.person(ask.input());
        Optional<ObjectNode> missed = missed(ask, sight, desk);
        if (missed.isPresent()) {
            return Reply.json(200, Json.object().set("contact", missed.get()), unfound(ask, desk));
        }
        Person person = ask.person(desk.world());
        double price = price(ask, person, sight, desk);
        ObjectNode data = LushaShape.single(person, sight);
        if (desk.shows(LushaQuirks.EMPLOYER_ABSENT, ask.input())) {
            data.remove("company");
        }
        ObjectNode contact = found(price).set("data", renamed(data, ask, desk));
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
        List<PersonAsk> asks =
                items.stream().map(item -> LushaContacts.ask(flat(item.body()))).toList();
        return LushaQuirks.refusal(asks, desk).orElseGet(() -> answer(items, desk));
    }

    private static Reply answer(List<Desk.Item> items, Desk desk) {
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
        Optional<ObjectNode> missed = missed(ask, sight, desk);
        if (missed.isPresent()) {
            answered.set(id, missed.get());
            return unfound(ask, desk);
        }
        Person person = ask.person(desk.world());
        double price = price(ask, person, sight, desk);
        answered.set(id, found(price).set("data", renamed(LushaShape.inBulk(person, sight), ask, desk)));
        if (!desk.shows(LushaQuirks.EMPLOYER_ABSENT, ask.input())) {
            companies.set(Long.toString(LushaShape.id(person.company().id())), LushaShape.company(person.company()));
        }
        return charge(ask, price);
    }

    /** The names of an address differ between the two forms, and the schema allows both. */
    private static ObjectNode renamed(ObjectNode data, PersonAsk ask, Desk desk) {
        JsonNode first = data.path("emailAddresses").path(0);
        if (first.isObject() && desk.shows(LushaQuirks.OTHER_NAMES, ask.input())) {
            boolean single = first.has("address");
            ObjectNode address = (ObjectNode) first;
            address.set(single ? "email" : "address", address.remove(single ? "address" : "email"));
            address.set(single ? "emailType" : "type", address.remove(single ? "type" : "emailType"));
        }
        return data;
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

    private static double price(PersonAsk ask, Person person, Sight sight, Desk desk) {
        if (desk.shows(LushaQuirks.ALREADY_REVEALED, ask.input())) {
            return 0;
        }
        return LushaContacts.reveal(
                Long.toString(LushaShape.id(person.id())),
                LushaShape.hasEmail(sight),
                LushaShape.hasPhone(sight),
                desk);
    }

    private static Charge charge(PersonAsk ask, double price) {
        return Charge.each("person", ask.input(), 200, price).meaning(Truth.FOUND);
    }

    private static ObjectNode found(double price) {
        return Json.object().putNull("error").put("isCreditCharged", price > 0);
    }

    /** The error that stands for a contact of whom nothing is told. */
    private static Optional<ObjectNode> missed(PersonAsk ask, Sight sight, Desk desk) {
        boolean strange = desk.shows(LushaQuirks.OTHER_ERROR, ask.input());
        if (!strange && ask.isReadable() && sight.found()) {
            return Optional.empty();
        }
        ObjectNode contact = Json.object();
        contact.putObject("error")
                .put("code", strange ? 7 : 3)
                .put("name", strange ? "NOT_PROCESSED" : "EMPTY_DATA")
                .put("message", strange ? "Could not process the contact" : "Could not find requested data");
        return Optional.of(contact.put("isCreditCharged", false));
    }

    private static Charge unfound(PersonAsk ask, Desk desk) {
        Charge free = Charge.free("person", ask.input(), 200);
        return desk.shows(LushaQuirks.OTHER_ERROR, ask.input()) ? free.unpaid(200) : free;
    }
}
