package io.tributary.sandbox.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** Clearbit's habits, and what they do to a person or company. */
final class ClearbitQuirks {
    static final Quirk QUEUED = Quirk.rare(
            "queued", "a record is answered by a 202, which is billed, and is there later; besides --pending");
    static final Quirk QUEUED_EMPTY = Quirk.habit("queued-empty", 0.5, "a 202 has no body");
    static final Quirk QUEUED_NULLS =
            Quirk.rare("queued-nulls", "a 202 holds person and company, both null, and is no miss");
    static final Quirk PAID_MISS = Quirk.rule("paid-miss", "a 404 is billed like a match");
    static final Quirk ROLE_REFUSED = Quirk.rule("role-refused", "the address of a function is a 422, which is free");
    static final Quirk ERROR_LIST = Quirk.rare("error-list", "the errors of a 404 are a list");
    static final Quirk EMPLOYER_ONLY =
            Quirk.rare("employer-only", "both together: a 200 holds the company and nobody, and is billed");
    static final Quirk SIDE_ABSENT =
            Quirk.rare("side-absent", "both together: the side that is not found is absent instead of null");
    static final Quirk NOTHING_IN_200 =
            Quirk.rare("nothing-in-200", "a 200 holds neither person nor company, and is billed");
    static final Quirk STATUS_201 = Quirk.rare("status-201", "a match is a 201");
    static final Quirk ID_ALONE = Quirk.rare("id-alone", "of a person only the id comes, without any inner object");
    static final Quirk FULL_NAME_ALONE = Quirk.rare("full-name-alone", "a person's name is not parted");
    static final Quirk FUZZY_NULL = Quirk.rare("fuzzy-null", "whether a person is a guess is not told");
    static final Quirk OLD_TYPES = Quirk.rare("old-types", "coordinates are texts, and the id at Twitter is a number");
    static final Quirk OLD_HANDLE = Quirk.rare("old-handle", "the handle at LinkedIn begins with pub/");
    static final Quirk OTHER_DOMAIN =
            Quirk.rare("other-domain", "a company stands under another domain, with the asked one as its alias");
    static final Quirk OPEN_RANGE = Quirk.rare("open-range", "the head count is the range 1000+");
    static final Quirk NOT_INDEXED = Quirk.rare("not-indexed", "when a record was indexed is null");
    static final Quirk EMPTY_TEXTS = Quirk.rare("empty-texts", "what is not known is an empty text instead of null");
    static final Quirk PROXY_404 = Quirk.ending("proxy-404", "a call is a 404 in HTML, which is no miss; it is free");

    static final List<Quirk> ALL = List.of(
            QUEUED,
            QUEUED_EMPTY,
            QUEUED_NULLS,
            PAID_MISS,
            ROLE_REFUSED,
            ERROR_LIST,
            EMPLOYER_ONLY,
            SIDE_ABSENT,
            NOTHING_IN_200,
            STATUS_201,
            ID_ALONE,
            FULL_NAME_ALONE,
            FUZZY_NULL,
            OLD_TYPES,
            OLD_HANDLE,
            OTHER_DOMAIN,
            OPEN_RANGE,
            NOT_INDEXED,
            EMPTY_TEXTS,
            PROXY_404);

    private ClearbitQuirks() {}

    static ObjectNode person(ObjectNode person, String input, Desk desk) {
        if (desk.shows(ID_ALONE, input)) {
            return person.retain("id");
        }
        if (desk.shows(FULL_NAME_ALONE, input)) {
            ((ObjectNode) person.path("name")).retain("fullName");
        }
        if (desk.shows(FUZZY_NULL, input)) {
            person.putNull("fuzzy");
        }
        if (desk.shows(OLD_TYPES, input)) {
            ((ObjectNode) person.path("twitter")).put("id", 2_006_261);
        }
        JsonNode handle = person.at("/linkedin/handle");
        if (handle.isTextual() && desk.shows(OLD_HANDLE, input)) {
            ((ObjectNode) person.path("linkedin")).put("handle", handle.asText().replaceFirst("^in/", "pub/"));
        }
        return common(person, input, desk);
    }

    static ObjectNode company(ObjectNode company, String input, Desk desk) {
        if (desk.shows(OTHER_DOMAIN, input)) {
            company.withArray("domainAliases").add(company.path("domain").asText());
            company.put("domain", "group." + company.path("domain").asText());
        }
        if (desk.shows(OPEN_RANGE, input)) {
            ((ObjectNode) company.path("metrics")).putNull("employees").put("employeesRange", "1000+");
        }
        return common(company, input, desk);
    }

    private static ObjectNode common(ObjectNode node, String input, Desk desk) {
        if (desk.shows(OLD_TYPES, input)) {
            ObjectNode geo = (ObjectNode) node.path("geo");
            for (String axis : List.of("lat", "lng")) {
                if (geo.path(axis).isNumber()) {
                    geo.put(axis, geo.path(axis).asText());
                }
            }
        }
        if (desk.shows(NOT_INDEXED, input)) {
            node.putNull("indexedAt");
        }
        if (desk.shows(EMPTY_TEXTS, input)) {
            emptyTexts(node);
        }
        return node;
    }

    private static void emptyTexts(ObjectNode node) {
        for (Map.Entry<String, JsonNode> member : List.copyOf(node.properties())) {
            if (member.getValue().isNull()) {
                node.put(member.getKey(), "");
            } else if (member.getValue().isObject()) {
                emptyTexts((ObjectNode) member.getValue());
            }
        }
    }
}
