package io.tributary.sandbox.dialect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.sandbox.wire.Charge;
import io.tributary.sandbox.wire.Json;
import io.tributary.sandbox.wire.Reply;
import io.tributary.sandbox.wire.Request;
import io.tributary.sandbox.wire.Truth;
import io.tributary.sandbox.world.Inputs;
import io.tributary.sandbox.world.Sight;
import java.util.List;
import java.util.Optional;

/** Clearbit's look-ups. Each unique one that ends in 200, 201, 202 or 404 costs a credit. */
final class ClearbitLookups {
    private ClearbitLookups() {}

    static Reply person(boolean combined, Request request, Desk desk) {
        Optional<String> email = request.parameter("email").map(Inputs::email);
        if (email.isEmpty()) {
            return ClearbitDialect.error(400, "params_invalid", "Email is required.");
        }
        String entity = combined ? "combined" : "person";
        String input = email.get();
        if (!Inputs.isEmail(input) || Inputs.isRole(input) && desk.shows(ClearbitQuirks.ROLE_REFUSED, input)) {
            return ClearbitDialect.error(422, "email_invalid", "Invalid email.")
                    .withCharges(List.of(Charge.free(entity, input, 422)));
        }
        Optional<Reply> early = early(entity, input, desk);
        if (early.isPresent()) {
            return early.get();
        }
        Sight sight = desk.person(input);
        if (!combined) {
            return sight.found()
                    ? found(shown(input, sight, desk), Truth.FOUND, entity, input, desk)
                    : unknown(entity, input, desk);
        }
        String domain = input.substring(input.indexOf('@') + 1);
        Sight employer = desk.company(domain);
        boolean company = employer.found() && !Inputs.isFreeMail(domain);
        boolean person = sight.found() && !(company && desk.shows(ClearbitQuirks.EMPLOYER_ONLY, input));
        if (!person && !company) {
            return unknown(entity, input, desk);
        }
        ObjectNode body = Json.object().putNull("person").putNull("company");
        if (person) {
            body.set("person", shown(input, sight, desk));
        }
        if (company) {
            body.set("company", shown(domain, desk));
        }
        if (desk.shows(ClearbitQuirks.SIDE_ABSENT, input)) {
            body.remove(person ? company ? List.of() : List.of("company") : List.of("person"));
        }
        return found(body, person ? Truth.FOUND : Truth.MISSED, entity, input, desk);
    }

    static Reply company(Request request, Desk desk) {
        Optional<String> domain = request.parameter("domain").map(Inputs::domain);
        if (domain.isEmpty()) {
            return ClearbitDialect.error(400, "params_invalid", "Domain is required.");
        }
        String input = domain.get();
        if (!Inputs.isDomain(input)) {
            return ClearbitDialect.error(422, "domain_invalid", "Invalid domain.")
                    .withCharges(List.of(Charge.free("company", input, 422)));
        }
        Optional<Reply> early = early("company", input, desk);
        if (early.isPresent()) {
            return early.get();
        }
        return desk.company(input).found()
                ? found(shown(input, desk), Truth.FOUND, "company", input, desk)
                : unknown("company", input, desk);
    }

    /** What comes instead of an answer, if anything does. */
    private static Optional<Reply> early(String entity, String input, Desk desk) {
        if (desk.shows(ClearbitQuirks.PROXY_404)) {
            return Optional.of(Reply.text(404, "<html>Not found</html>")
                    .withCharges(List.of(Charge.free(entity, input, 404).unpaid(404))));
        }
        return desk.pending(entity, input) || desk.waits(entity, input, ClearbitQuirks.QUEUED)
                ? Optional.of(queued(entity, input, desk))
                : Optional.empty();
    }

    private static ObjectNode shown(String email, Sight sight, Desk desk) {
        return ClearbitQuirks.person(ClearbitShape.person(desk.world().personByEmail(email), sight), email, desk);
    }

    private static ObjectNode shown(String domain, Desk desk) {
        return ClearbitQuirks.company(
                ClearbitShape.company(desk.world().company(domain), desk.company(domain)), domain, desk);
    }

    private static Reply found(ObjectNode body, Truth truth, String entity, String input, Desk desk) {
        if (desk.shows(ClearbitQuirks.NOTHING_IN_200, input)) {
            ObjectNode nothing = Json.object();
            if (entity.equals("combined")) {
                nothing.putNull("person").putNull("company");
            }
            return Reply.json(200, nothing, Charge.once(entity, input, 200, 1).meaning(Truth.UNANSWERED));
        }
        int status = desk.shows(ClearbitQuirks.STATUS_201, input) ? 201 : 200;
        return Reply.json(status, body, Charge.once(entity, input, status, 1).meaning(truth));
    }

    /** "Queued" has been seen in three forms: a body that says so, no body, and a body of nulls. */
    private static Reply queued(String entity, String input, Desk desk) {
        Charge charge = Charge.once(entity, input, 202, 1);
        if (desk.shows(ClearbitQuirks.QUEUED_NULLS, input)) {
            return Reply.json(202, Json.object().putNull("person").putNull("company"), charge);
        }
        return desk.shows(ClearbitQuirks.QUEUED_EMPTY, input)
                ? Reply.empty(202, charge)
                : ClearbitDialect.error(202, "queued", "The look-up is queued; ask again later.")
                        .withCharges(List.of(charge));
    }

    private static Reply unknown(String entity, String input, Desk desk) {
        Charge charge = desk.shows(ClearbitQuirks.PAID_MISS, input)
                ? Charge.once(entity, input, 404, 1)
                : Charge.free(entity, input, 404);
        if (!desk.shows(ClearbitQuirks.ERROR_LIST, input)) {
            return ClearbitDialect.error(404, "unknown_record", "Unknown record.")
                    .withCharges(List.of(charge));
        }
        var errors = Json.array();
        errors.addObject().put("type", "unknown_record").put("message", "Unknown record.");
        return Reply.json(404, errors, charge);
    }
}
