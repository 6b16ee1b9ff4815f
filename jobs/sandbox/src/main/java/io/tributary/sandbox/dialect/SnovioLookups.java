package io.tributary.sandbox.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.sandbox.wire.Charge;
import io.tributary.sandbox.wire.Json;
import io.tributary.sandbox.wire.Reply;
import io.tributary.sandbox.wire.Request;
import io.tributary.sandbox.world.Inputs;
import io.tributary.sandbox.world.Person;
import io.tributary.sandbox.world.Sight;
import java.util.Optional;

/** What Snov.io finds: what a task's result holds for each of its inputs, and v1's answer at once. */
final class SnovioLookups {
    private static final PersonAsk.Names ROW =
            new PersonAsk.Names("-", "-", "-", "first_name", "last_name", "-", "domain");

    private SnovioLookups() {}

    /** By e-mail, at once: found for a credit, or a success that is false. */
    static Reply byEmail(Request request, Desk desk) {
        String email = SnovioDialect.values(request, "email").stream()
                .findFirst()
                .map(Inputs::email)
                .orElse("");
        if (!Inputs.isEmail(email)) {
            return SnovioDialect.errors(400, "email is needed");
        }
        Sight sight = desk.person(email);
        return sight.found()
                ? Reply.json(
                        200, SnovioShape.byEmail(desk.world().personByEmail(email), sight), charge("person", email, 1))
                : Reply.json(
                        200,
                        Json.object().put("success", false).put("result", "We couldn't find profile with this email"),
                        charge("person", email, 0));
    }

    /** One row of the finder; nothing if it names nobody. */
    static Optional<Desk.Item> addresses(JsonNode row, Desk desk) {
        PersonAsk ask = PersonAsk.read(row, ROW);
        if (ask.kind() != PersonAsk.Kind.NAME) {
            return Optional.empty();
        }
        String input = ask.input();
        Sight sight = desk.person(input);
        if (!sight.found()
                && desk.shows(SnovioQuirks.ROW_LEFT_OUT, sight.noise().at("row"))) {
            return Optional.of(new Desk.Item(NullNode.getInstance(), Optional.of(charge("person", input, 0))));
        }
        ObjectNode found = SnovioShape.addresses(
                SnovioQuirks.name(ask.name(), input, desk), ask.person(desk.world()), sight, desk);
        return Optional.of(new Desk.Item(
                found, Optional.of(charge("person", input, found.path("result").size()))));
    }

    static Desk.Item profile(String url, Desk desk) {
        String page = Inputs.linkedin(url);
        Sight sight = desk.person(page);
        boolean slash = desk.shows(SnovioQuirks.TRAILING_SLASH, sight.noise().at("slash"));
        ObjectNode item = Json.object().put("url", slash ? url + "/" : url);
        Person person = desk.world().personByLinkedin(page);
        item.set("result", Json.array());
        if (sight.found()) {
            ObjectNode result = SnovioShape.profile(person, sight);
            item.set("result", result.put("name", SnovioQuirks.name(person.full(), page, desk)));
        }
        return new Desk.Item(item, Optional.of(charge("person", page, sight.found() ? 1 : 0)));
    }

    static Desk.Item domain(String name, Desk desk) {
        String domain = desk.world().companyByName(name).domain();
        Sight sight = desk.company(domain);
        ObjectNode item = Json.object().put("name", name);
        if (sight.found()) {
            item.putObject("result").put("domain", domain);
        } else if (desk.shows(SnovioQuirks.DOMAIN_NULL, domain)) {
            item.putObject("result").putNull("domain");
        } else {
            item.putArray("result");
        }
        return new Desk.Item(item, Optional.of(charge("company.domain", domain, sight.found() ? 1 : 0)));
    }

    /** A company is not one of several, so its item is the whole of the data. */
    static Desk.Item company(String domain, Desk desk) {
        Sight sight = desk.company(domain);
        Charge charge = charge("company", domain, sight.found() ? 1 : 0);
        if (!sight.found()) {
            return new Desk.Item(Json.array(), Optional.of(charge));
        }
        ObjectNode company = SnovioShape.company(desk.world().company(domain), sight);
        company.put(
                "company_name", SnovioQuirks.name(company.path("company_name").asText(), domain, desk));
        return new Desk.Item(company, Optional.of(charge));
    }

    private static Charge charge(String entity, String input, double credits) {
        return credits == 0 ? Charge.free(entity, input, 200) : Charge.each(entity, input, 200, credits);
    }
}
