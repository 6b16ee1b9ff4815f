package io.tributary.sandbox.dialect;

import java.util.List;

/** The habits of People Data Labs. All but those of headers are drawn at the subject or at the batch. */
final class PeopleDataLabsQuirks {
    static final Quirk GATED =
            new Quirk("gated", "what the plan does not show of a person is a bare true or false", 0.02);
    static final Quirk TYPE_A_LIST = new Quirk("type-a-list", "the type of a miss is a list of one text", 0.02);
    static final Quirk ERROR_MISSING =
            new Quirk("error-missing", "a miss has a status and a message, and no error", 0.02);
    static final Quirk JSON_HEADERS =
            new Quirk("json-headers", "windows are told as JSON objects, not in words of Python", 0.02);
    static final Quirk TOO_LARGE = new Quirk(
            "too-large", "a bulk answer with more than 10 matches is too large, not one of more than 80", 0.02);

    static final List<Quirk> ALL = List.of(GATED, TYPE_A_LIST, ERROR_MISSING, JSON_HEADERS, TOO_LARGE);

    private PeopleDataLabsQuirks() {}
}
