package io.tributary.sandbox.dialect;

import java.util.List;

/** FullContact's habits. Those of one subject are drawn at its input, the others at the input and the time. */
final class FullContactQuirks {
    static final Quirk QUEUED = new Quirk(
            "queued", "besides what --pending says, a look-up is queued: the same request brings its answer later", 0);
    static final Quirk RATE_DELAY = new Quirk(
            "rate-delay",
            "a call is held back by up to a second, though the window has room, and a header says so",
            0.02);
    static final Quirk LEGACY_HEADERS =
            new Quirk("legacy-headers", "the old rate headers, which mean nothing, say that nothing is left", 0.02);
    static final Quirk DETAILS_NULL = new Quirk("details-null", "a match has its summary, and null for details", 0.02);
    static final Quirk PAGE_IN_PROFILES =
            new Quirk("page-in-profiles", "a page stands in details.profiles only, an object by service", 0.02);
    static final Quirk CONTACT_BUNDLE =
            new Quirk("contact-bundle", "addresses and numbers of a person come, as with a paid bundle", 0.02);
    static final Quirk NOT_REGISTERED =
            new Quirk("not-registered", "a domain that is not found is said not to be registered", 0.02);
    static final Quirk QUOTA_403 =
            new Quirk("quota-403", "the plan is said to be used up, by the 403 that a wrong key has too", 0);
    static final Quirk KEY_403 = new Quirk(
            "key-403", "a key is refused by a 403 in place of a 401; only the message tells it from a quota", 0);

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
