package io.tributary.sandbox.dialect;

import java.util.List;

/** FullContact's habits. Those of one subject are drawn at its input, the others at the input and the time. */
final class FullContactQuirks {
    static final Quirk QUEUED = Quirk.habit(
            "queued", 0, "besides what --pending says, a look-up is queued: the same request brings its answer later");
    static final Quirk RATE_DELAY = Quirk.habit(
            "rate-delay",
            0.02,
            "a call is held back by up to a second, though the window has room, and a header says so");
    static final Quirk LEGACY_HEADERS =
            Quirk.habit("legacy-headers", 0.02, "the old rate headers, which mean nothing, say that nothing is left");
    static final Quirk DETAILS_NULL =
            Quirk.habit("details-null", 0.02, "a match has its summary, and null for details");
    static final Quirk PAGE_IN_PROFILES =
            Quirk.habit("page-in-profiles", 0.02, "a page stands in details.profiles only, an object by service");
    static final Quirk CONTACT_BUNDLE =
            Quirk.habit("contact-bundle", 0.02, "addresses and numbers of a person come, as with a paid bundle");
    static final Quirk NOT_REGISTERED =
            Quirk.habit("not-registered", 0.02, "a domain that is not found is said not to be registered");
    static final Quirk QUOTA_403 =
            Quirk.ending("quota-403", "the plan is said to be used up, by the 403 that a wrong key has too");
    static final Quirk KEY_403 = Quirk.ending(
            "key-403", "a key is refused by a 403 in place of a 401; only the message tells it from a quota");

    static final List<Quirk> ALL = List.of(
            QUEUED,
            RATE_DELAY,
            LEGACY_HEADERS,
            DETAILS_NULL,
            PAGE_IN_PROFILES,
            CONTACT_BUNDLE,
            NOT_REGISTERED,
            QUOTA_403,
            KEY_403);

    private FullContactQuirks() {}
}
