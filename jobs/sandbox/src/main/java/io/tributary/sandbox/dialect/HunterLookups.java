package io.tributary.sandbox.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.sandbox.wire.Charge;
import io.tributary.sandbox.wire.Json;
import io.tributary.sandbox.wire.Reply;
import io.tributary.sandbox.wire.Request;
import io.tributary.sandbox.wire.Truth;
import io.tributary.sandbox.world.Inputs;
import io.tributary.sandbox.world.Person;
import io.tributary.sandbox.world.Sight;
import java.util.List;
import java.util.Optional;

/** Hunter's people and companies. A miss is a 404; only what is found costs. */
final class HunterLookups {
    private static final PersonAsk.Names NAMES =
            new PersonAsk.Names("email", "linkedin", "name", "first", "last", "company", "domain");

    private HunterLookups() {}

    static Reply person(boolean combined, Request request, Desk desk) {
        PersonAsk ask = PersonAsk.read(
                Json.object()
                        .put("email", request.parameter("email").orElse(""))
                        .put("linkedin", request.parameter("linkedin_handle").orElse("")),
                NAMES);
        String input = ask.input();
        String entity = combined ? "combined" : "person";
        if (ask.kind() == PersonAsk.Kind.NOBODY) {
            return HunterDialect.error(400, "wrong_params", "Give email or linkedin_handle.");
        }
        if (!ask.isReadable()) {
            return HunterDialect.error(400, "invalid_email", "The e-mail address is not valid.")
                    .withCharges(List.of(Charge.free(entity, input, 400)));
        }
        Optional<Reply> early = early(entity, input, desk);
        if (early.isPresent()) {
            return early.get();
        }
        Sight sight = desk.person(input);
        Person person = ask.person(desk.world());
        if (!combined) {
            return sight.found()
                    ? found(shown(person, input, sight, desk), request, Charge.each(entity, input, 200, 1), desk)
                    : missing(entity, input);
        }
        Sight employer = desk.company(person.company().domain());
        boolean someone = sight.found() && !(employer.found() && desk.shows(HunterQuirks.EMPLOYER_ONLY, input));
        if (!someone && !employer.found()) {
            return missing(entity, input);
        }
        ObjectNode data = Json.object().putNull("person").putNull("company");
        if (someone) {
            data.set("person", shown(person, input, sight, desk));
        }
        if (employer.found()) {
            data.set(
                    "company",
                    HunterQuirks.company(
                            ClearbitShape.company(person.company(), employer),
                            person.company().domain(),
                            employer,
                            desk));
        }
        if (desk.shows(HunterQuirks.SIDE_ABSENT, input)) {
            data.remove(someone ? employer.found() ? List.of() : List.of("company") : List.of("person"));
        }
        Charge charge = Charge.each(entity, input, 200, (someone ? 1 : 0) + (employer.found() ? 1 : 0));
        return found(data, request, charge.meaning(someone ? Truth.FOUND : Truth.MISSED), desk);
    }

    private static ObjectNode shown(Person person, String input, Sight sight, Desk desk) {
        return HunterQuirks.person(ClearbitShape.person(person, sight), input, desk);
    }

    static Reply company(Request request, Desk desk) {
        Optional<String> domain = request.parameter("domain").map(Inputs::domain);
        if (domain.isEmpty() || !Inputs.isDomain(domain.get())) {
            return HunterDialect.error(400, "wrong_params", "Give a valid domain.");
        }
        String input = domain.get();
        Optional<Reply> early = refused("company", input, desk);
        if (early.isPresent()) {
            return early.get();
        }
        Sight sight = desk.company(input);
        return sight.found()
                ? found(
                        HunterQuirks.company(
                                ClearbitShape.company(desk.world().company(input), sight), input, sight, desk),
                        request,
                        Charge.each("company", input, 200, 1),
                        desk)
                : missing("company", input);
    }

    /** What a person's look-up ends in before anybody is looked for. */
    static Optional<Reply> early(String entity, String input, Desk desk) {
        return refused(entity, input, desk)
                .or(() -> desk.shows(HunterQuirks.CLAIMED, input)
                        ? Optional.of(HunterDialect.error(451, "claimed_email", "The person asked not to be processed.")
                                .withCharges(List.of(Charge.free(entity, input, 451))))
                        : Optional.empty());
    }

    private static Optional<Reply> refused(String entity, String input, Desk desk) {
        Optional<Reply> refusal = desk.shows(HunterQuirks.FORBIDDEN)
                ? Optional.of(HunterDialect.error(403, "forbidden", "This key may not do that."))
                : desk.shows(HunterQuirks.PROXY_404)
                        ? Optional.of(Reply.text(404, "<html>Not found</html>"))
                        : Optional.empty();
        return refusal.map(reply -> reply.withCharges(
                List.of(Charge.free(entity, input, reply.status()).unpaid(reply.status()))));
    }

    /** What was found, unless the answer comes without it. */
    static Reply found(JsonNode data, Request request, Charge charge, Desk desk) {
        if (!desk.shows(HunterQuirks.NOTHING_IN_200, charge.input())) {
            return Reply.json(200, withParameters(data, request), charge);
        }
        ObjectNode body = withParameters(Json.object(), request);
        switch (Math.floorMod(charge.input().hashCode(), 3)) {
            case 0 -> body.putNull("data");
            case 1 -> body.remove("data");
            default -> {
                // An empty object stays.
            }
        }
        return Reply.json(200, body, charge.unpaid(200));
    }

    /** The answer's wrapping: the data, and the parameters as they were understood. */
    static ObjectNode withParameters(JsonNode data, Request request) {
        ObjectNode body = Json.object().set("data", data);
        ObjectNode params = body.putObject("meta").putObject("params");
        request.query().forEach((name, values) -> {
            if (!name.equals("api_key") && !values.isEmpty()) {
                params.put(name, values.get(0));
            }
        });
        return body;
    }

    private static Reply missing(String entity, String input) {
        return HunterDialect.error(404, "not_found", "No data was found.")
                .withCharges(List.of(Charge.free(entity, input, 404)));
    }
}
