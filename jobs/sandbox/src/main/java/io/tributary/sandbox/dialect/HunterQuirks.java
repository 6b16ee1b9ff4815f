package io.tributary.sandbox.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.sandbox.world.Sight;
import java.util.List;

/** Hunter's habits, and what they do to a person or company. */
final class HunterQuirks {
    static final Quirk CLAIMED =
            Quirk.rare("claimed", "a person has asked not to be processed: 451 claimed_email, which is free");
    static final Quirk FINDER_PENDING = Quirk.rare(
            "finder-pending", "the finder answers by a 202 at first, which is free, and by the same call later");
    static final Quirk NOTHING_IN_200 =
            Quirk.rare("nothing-in-200", "a 200 whose data is null, empty or absent, which is no miss and free");
    static final Quirk EMPLOYER_ONLY =
            Quirk.rare("employer-only", "both together: a 200 holds the company and nobody, and costs 1");
    static final Quirk SIDE_ABSENT =
            Quirk.rare("side-absent", "both together: the side that is not found is absent instead of null");
    static final Quirk EMPLOYEES_AS_RANGE =
            Quirk.habit("employees-as-range", 0.5, "a company's head count is a range, as text");
    static final Quirk ID_NULL = Quirk.rare("id-null", "the id of a person or company is null");
    static final Quirk ID_NUMBER = Quirk.rare("id-number", "the id of a person or company is a number");
    static final Quirk NAME_NULL = Quirk.rare("name-null", "a company has no name");
    static final Quirk SCORE_NULL = Quirk.rare("score-null", "the finder states no score");
    static final Quirk ADDRESS_ALONE = Quirk.rare("address-alone", "the finder states the address and nothing else");
    static final Quirk UNSURE_IS_FREE =
            Quirk.rule("unsure-is-free", "only valid, invalid and accept_all cost, half a credit each");
    static final Quirk SMTP_FAILED =
            Quirk.rare("smtp-failed", "a verification is a 222: the other side failed; it is free and no result");
    static final Quirk CHECKS_NULL = Quirk.rare("checks-null", "the single checks of a verification are null");
    static final Quirk CREDITS_AS_402 = Quirk.rare("credits-as-402", "credits that are gone are told by 402");
    static final Quirk CREDITS_AS_USAGE =
            Quirk.rare("credits-as-usage", "credits that are gone are a 429 usage_limit_reached");
    static final Quirk FORBIDDEN = Quirk.ending("forbidden", "a call is a 403 forbidden, which is no rate limit");
    static final Quirk PROXY_404 = Quirk.ending("proxy-404", "a call is a 404 in HTML, which is no miss");

    static final List<Quirk> ALL = List.of(
            CLAIMED,
            FINDER_PENDING,
            NOTHING_IN_200,
            EMPLOYER_ONLY,
            SIDE_ABSENT,
            EMPLOYEES_AS_RANGE,
            ID_NULL,
            ID_NUMBER,
            NAME_NULL,
            SCORE_NULL,
            ADDRESS_ALONE,
            UNSURE_IS_FREE,
            SMTP_FAILED,
            CHECKS_NULL,
            CREDITS_AS_402,
            CREDITS_AS_USAGE,
            FORBIDDEN,
            PROXY_404);

    private HunterQuirks() {}

    /** Where Hunter's person differs from Clearbit's: the handle is bare and the mail provider is a name. */
    static ObjectNode person(ObjectNode person, String input, Desk desk) {
        JsonNode handle = person.path("linkedin").path("handle");
        if (handle.isTextual()) {
            person.putObject("linkedin").put("handle", handle.asText().substring("in/".length()));
        }
        return id(person.put("emailProvider", "google.com"), input, desk);
    }

    /** Where Hunter's company differs from Clearbit's: the head count may be a range, as text. */
    static ObjectNode company(ObjectNode company, String input, Sight sight, Desk desk) {
        ObjectNode metrics = (ObjectNode) company.path("metrics");
        if (metrics.path("employeesRange").isTextual()
                && desk.shows(EMPLOYEES_AS_RANGE, sight.noise().at("range"))) {
            metrics.set("employees", metrics.remove("employeesRange"));
        }
        if (desk.shows(NAME_NULL, input)) {
            company.putNull("name");
        }
        return id(company.put("emailProvider", "google.com"), input, desk);
    }

    private static ObjectNode id(ObjectNode node, String input, Desk desk) {
        if (desk.shows(ID_NULL, input)) {
            return node.putNull("id");
        }
        return desk.shows(ID_NUMBER, input) ? node.put("id", Math.floorMod(input.hashCode(), 1_000_000)) : node;
    }
}
