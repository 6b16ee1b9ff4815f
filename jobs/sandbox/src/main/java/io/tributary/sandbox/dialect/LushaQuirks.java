package io.tributary.sandbox.dialect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.sandbox.wire.Charge;
import io.tributary.sandbox.wire.Json;
import io.tributary.sandbox.wire.Reply;
import io.tributary.sandbox.wire.Truth;
import java.util.List;
import java.util.Optional;

/** Lusha's habits, and the answers with which they refuse a whole call. */
final class LushaQuirks {
    static final Quirk RESTRICTED =
            Quirk.habit("restricted", 0.02, "a contact that is not found is told to be restricted for compliance");
    static final Quirk ENRICH_FAILED =
            Quirk.rare("enrich-failed", "a contact is ENRICH_FAILED inside a 200, which is free and final");
    static final Quirk LEFT_OUT = Quirk.rare("left-out", "a contact has no entry in the results; it is free");
    static final Quirk REORDERED = Quirk.rare("reordered", "results come in reverse");
    static final Quirk STRANGER = Quirk.rare("stranger", "results hold an entry that nobody asked for; it is free");
    static final Quirk HALTED =
            Quirk.rare("halted", "a call is halted: its last contact has no entry, though credits are left");
    static final Quirk STATUS_TOLD =
            Quirk.rare("status-told", "a call says completed or partial, which changes nothing");
    static final Quirk LEGAL_451 =
            Quirk.rare("legal-451", "a contact may not be processed, and a whole call with it is a 451");
    static final Quirk ALREADY_REVEALED =
            Quirk.rare("already-revealed", "what is revealed of a contact was revealed before, and is free");
    static final Quirk ID_NUMBER = Quirk.rare("id-number", "the id of a contact of V3 is a number");
    static final Quirk TIMED_OUT = Quirk.rare("timed-out", "a call is a 499: its time was over; it is free");
    static final Quirk OTHER_NAMES =
            Quirk.rare("other-names", "V2: the address stands under the name that the other form of V2 has");
    static final Quirk OTHER_ERROR = Quirk.rare("other-error", "V2: a contact has an error of an unknown name");
    static final Quirk EMPLOYER_ABSENT = Quirk.rare("employer-absent", "V2: a contact's employer is nowhere told");
    static final Quirk CREDITS_END =
            Quirk.ending("credits-end", "credits end inside a 200, after half of its contacts: PARTIAL_OUT_OF_CREDITS");
    static final Quirk BILLING_FAILED =
            Quirk.ending("billing-failed", "a data point of a call could not be billed: BILLING_FAILED inside a 200");
    static final Quirk DAY_USED_UP =
            Quirk.ending("day-used-up", "a call is a 429 whose message says that the day is used up");
    static final Quirk TRIAL_OVER =
            Quirk.ending("trial-over", "a call is a 429 whose message says that the trial is over");
    static final Quirk FORBIDDEN = Quirk.ending("forbidden", "a call is a 403: the plan lacks it");

    static final List<Quirk> ALL = List.of(
            RESTRICTED,
            ENRICH_FAILED,
            LEFT_OUT,
            REORDERED,
            STRANGER,
            HALTED,
            STATUS_TOLD,
            LEGAL_451,
            ALREADY_REVEALED,
            ID_NUMBER,
            TIMED_OUT,
            OTHER_NAMES,
            OTHER_ERROR,
            EMPLOYER_ABSENT,
            CREDITS_END,
            BILLING_FAILED,
            DAY_USED_UP,
            TRIAL_OVER,
            FORBIDDEN);

    private LushaQuirks() {}

    /** The refusal that a call about these people meets, if any. */
    static Optional<Reply> refusal(List<PersonAsk> asks, Desk desk) {
        if (desk.shows(FORBIDDEN)) {
            return refused(403, "Your plan does not include this endpoint", asks);
        }
        if (desk.shows(DAY_USED_UP)) {
            return refused(429, "Daily API quota limit exceeded", asks);
        }
        if (desk.shows(TRIAL_OVER)) {
            return refused(429, "You've reached your trial limit", asks);
        }
        if (desk.shows(TIMED_OUT)) {
            return refused(499, "The request timed out", asks);
        }
        if (asks.stream().noneMatch(ask -> desk.shows(LEGAL_451, ask.input()))) {
            return Optional.empty();
        }
        Optional<Reply> all = refused(451, "Unavailable for legal reasons", asks);
        return asks.size() > 1
                ? all
                : all.map(reply -> reply.withCharges(reply.charges().stream()
                        .map(charge -> charge.meaning(Truth.SUPPRESSED))
                        .toList()));
    }

    private static Optional<Reply> refused(int status, String message, List<PersonAsk> asks) {
        return Optional.of(LushaDialect.error(status, message)
                .withCharges(asks.stream()
                        .map(ask -> Charge.free("person", ask.input(), status).unpaid(status))
                        .toList()));
    }

    /** What a call of V3 says of itself besides its results. */
    static void status(ObjectNode body, boolean ended, boolean halted, Desk desk) {
        if (desk.shows(BILLING_FAILED)) {
            body.putArray("missingDataPoints").addObject().put("type", "phone").put("status", "BILLING_FAILED");
        }
        int results = body.path("results").size();
        if (ended) {
            body.put("status", results == 0 ? "OUT_OF_CREDITS" : "PARTIAL_OUT_OF_CREDITS");
        } else if (halted) {
            body.put("status", "halted");
        } else if (desk.shows(STATUS_TOLD)) {
            body.put("status", body.at("/billing/resultsReturned").asInt() == results ? "completed" : "partial");
        }
    }

    static ObjectNode stranger() {
        ObjectNode entry = Json.object().put("clientReferenceId", "nobody");
        entry.putObject("error").put("code", "NOT_FOUND").put("message", "Contact not found");
        return entry;
    }
}
