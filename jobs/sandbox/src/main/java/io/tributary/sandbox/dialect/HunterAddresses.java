package io.tributary.sandbox.dialect;

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
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Hunter's two look-ups of addresses. Asking again within a billing period is free for both. */
final class HunterAddresses {
    private static final List<String> CHECKS = List.of(
            "regexp",
            "gibberish",
            "disposable",
            "webmail",
            "mx_records",
            "smtp_server",
            "smtp_check",
            "accept_all",
            "block");

    private HunterAddresses() {}

    /** A miss is a 200 in which everything is null. */
    static Reply find(Request request, Desk desk) {
        ObjectNode given = Json.object();
        List.of("domain", "company", "first_name", "last_name", "full_name", "linkedin_handle")
                .forEach(name -> request.parameter(name).ifPresent(value -> given.put(name, value)));
        PersonAsk ask = PersonAsk.read(
                given,
                new PersonAsk.Names(
                        "", "linkedin_handle", "full_name", "first_name", "last_name", "company", "domain"));
        if (ask.kind() == PersonAsk.Kind.NOBODY) {
            return HunterDialect.error(400, "wrong_params", "Give domain or company, and a name.");
        }
        String input = ask.input();
        Optional<Reply> early = HunterLookups.early("address", input, desk);
        if (early.isPresent()) {
            return early.get();
        }
        Sight sight = desk.world().sight(desk.provider(), "address", input, desk.matchRate());
        Person person = ask.person(desk.world());
        ObjectNode data = Json.object();
        List.of(
                        "email",
                        "score",
                        "first_name",
                        "last_name",
                        "domain",
                        "accept_all",
                        "position",
                        "twitter",
                        "linkedin_url",
                        "phone_number",
                        "company")
                .forEach(data::putNull);
        ObjectNode verification = Json.object().putNull("date").putNull("status");
        data.putArray("sources");
        data.set("verification", verification);
        if (desk.waits("address", input, HunterQuirks.FINDER_PENDING)) {
            return Reply.json(202, HunterLookups.withParameters(data, request), Charge.free("address", input, 202));
        }
        if (!sight.found()) {
            return Reply.json(200, HunterLookups.withParameters(data, request), Charge.free("address", input, 200));
        }
        data.put("email", person.email())
                .put("score", Math.round(sight.confidence() * 100))
                .put("first_name", person.first())
                .put("last_name", person.last())
                .put("domain", person.company().domain())
                .put("accept_all", sight.confidence() < 0.6)
                .put("company", person.company().name());
        data.set("position", sight.show("title", person.job().title()));
        data.set("linkedin_url", sight.show("linkedin", "https://www.linkedin.com/in/" + person.linkedin()));
        data.set("phone_number", sight.show("phone", person.phone()));
        if (sight.confidence() > 0.7) {
            verification.put("date", person.lastUpdated()).put("status", "valid");
        }
        if (desk.shows(HunterQuirks.SCORE_NULL, input)) {
            data.putNull("score");
        }
        if (desk.shows(HunterQuirks.ADDRESS_ALONE, input)) {
            data.properties().stream()
                    .map(Map.Entry::getKey)
                    .filter(name -> !Set.of("email", "sources", "verification").contains(name))
                    .toList()
                    .forEach(data::putNull);
        }
        return HunterLookups.found(data, request, Charge.once("address", input, 200, 1), desk);
    }

    static Reply verify(Request request, Desk desk) {
        Optional<String> email = request.parameter("email").map(Inputs::email);
        if (email.isEmpty()) {
            return HunterDialect.error(400, "wrong_params", "Give email.");
        }
        String input = email.get();
        if (Inputs.isEmail(input) && desk.pending("verification", input)) {
            return Reply.json(
                    202,
                    HunterLookups.withParameters(
                            Json.object().put("email", input).put("status", "in_progress"), request),
                    Charge.free("verification", input, 202));
        }
        if (desk.shows(HunterQuirks.SMTP_FAILED, input)) {
            return Reply.json(
                    222,
                    HunterLookups.withParameters(Json.object().put("email", input), request),
                    Charge.free("verification", input, 222));
        }
        Sight sight = desk.world().sight(desk.provider(), "verification", input, desk.matchRate());
        String status = status(input, sight);
        boolean valid = status.equals("valid");
        boolean sure = valid || status.equals("invalid") || status.equals("accept_all");
        boolean billed = sure || !desk.shows(HunterQuirks.UNSURE_IS_FREE, input);
        ObjectNode data = Json.object()
                .put("status", status)
                .put("result", valid ? "deliverable" : status.equals("invalid") ? "undeliverable" : "risky")
                .put("score", valid ? 100 : status.equals("invalid") ? 0 : Math.round(sight.confidence() * 90))
                .put("email", input)
                .put("regexp", Inputs.isEmail(input))
                .put("gibberish", false)
                .put("disposable", false)
                .put("webmail", status.equals("webmail"))
                .put("mx_records", !status.equals("invalid"))
                .put("smtp_server", !status.equals("invalid"))
                .put("smtp_check", valid)
                .put("accept_all", status.equals("accept_all"))
                .put("block", false);
        data.putArray("sources");
        if (desk.shows(HunterQuirks.CHECKS_NULL, input)) {
            CHECKS.forEach(data::putNull);
        }
        Charge charge = billed ? Charge.once("verification", input, 200, 0.5) : Charge.free("verification", input, 200);
        return Reply.json(
                200,
                HunterLookups.withParameters(data, request),
                charge.meaning(status.equals("unknown") ? Truth.MISSED : Truth.FOUND));
    }

    private static String status(String email, Sight sight) {
        if (!Inputs.isEmail(email)) {
            return "invalid";
        }
        if (Inputs.isFreeMail(email.substring(email.indexOf('@') + 1))) {
            return "webmail";
        }
        if (sight.found()) {
            return "valid";
        }
        return sight.noise().at("status").pick(List.of("invalid", "accept_all", "unknown"));
    }
}
