package io.tributary.sandbox.dialect;

import java.util.List;

/** The habits of People Data Labs. All but those of headers are drawn at the subject or at the batch. */
final class PeopleDataLabsQuirks {
    static final Quirk GATED =
            Quirk.habit("gated", 0.02, "what the plan does not show of a person is a bare true or false");
    static final Quirk TYPE_A_LIST = Quirk.habit("type-a-list", 0.02, "the type of a miss is a list of one text");
    static final Quirk ERROR_MISSING =
            Quirk.habit("error-missing", 0.02, "a miss has a status and a message, and no error");
    static final Quirk JSON_HEADERS =
            Quirk.habit("json-headers", 0.02, "windows are told as JSON objects, not in words of Python");
    static final Quirk TOO_LARGE = Quirk.habit(
            "too-large", 0.02, "a bulk answer with more than 10 matches is too large, not one of more than 80");

    static final List<Quirk> ALL = List.of(GATED, TYPE_A_LIST, ERROR_MISSING, JSON_HEADERS, TOO_LARGE);

    private PeopleDataLabsQuirks() {}
}
