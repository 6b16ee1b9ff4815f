package io.tributary.sandbox.dialect;

import java.util.List;

/** Snov.io's habits. */
final class SnovioQuirks {
    static final Quirk ROW_LEFT_OUT =
            Quirk.habit("row-left-out", 0.5, "the finder leaves a row out instead of an empty result");
    static final Quirk SECOND_ADDRESS =
            Quirk.habit("second-address", 0.1, "the finder has a second address for a row, which costs 1 more");
    static final Quirk UNVERIFIED = Quirk.habit(
            "unverified",
            0.42,
            "the first address of a row is unknown, for a reason such as catchall or greylist, at the price of a valid one");
    static final Quirk TRAILING_SLASH = Quirk.habit("trailing-slash", 0.5, "a page comes back with a slash at its end");
    static final Quirk DOMAIN_NULL =
            Quirk.rare("domain-null", "a company whose domain is not found has a null domain instead of an empty list");
    static final Quirk SLOW_TASK = Quirk.rare("slow-task", "a task is in progress for three looks more");
    static final Quirk TASK_LOST = Quirk.rare("task-lost", "a task that was paid for is a 404 when it is asked for");
    static final Quirk CONTROL_CHARACTERS = Quirk.rare(
            "control-characters", "a name in a result holds a NUL, raw or escaped, so that the raw body is no JSON");
    static final Quirk TOKEN_CUT = Quirk.rare("token-cut", "a token for an hour is over after two seconds");
    static final Quirk CREDITS_AS_502 =
            Quirk.rare("credits-as-502", "credits that are gone are told by a 502 in plain text");
    static final Quirk CREDITS_AS_402 = Quirk.rare("credits-as-402", "credits that are gone are told by 402");
    static final Quirk CREDITS_END =
            Quirk.ending("credits-end", "a task is accepted, and its result is not_enough_credits with nothing in it");

    static final List<Quirk> ALL = List.of(
            ROW_LEFT_OUT,
            SECOND_ADDRESS,
            UNVERIFIED,
            TRAILING_SLASH,
            DOMAIN_NULL,
            SLOW_TASK,
            TASK_LOST,
            CONTROL_CHARACTERS,
            TOKEN_CUT,
            CREDITS_AS_502,
            CREDITS_AS_402,
            CREDITS_END);

    private SnovioQuirks() {}

    /** A name as it comes in a result. */
    static String name(String name, String input, Desk desk) {
        return desk.shows(CONTROL_CHARACTERS, input) ? name.replaceFirst(" |$", "\0 ") : name;
    }
}
