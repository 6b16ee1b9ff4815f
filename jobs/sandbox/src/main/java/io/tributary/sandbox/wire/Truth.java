package io.tributary.sandbox.wire;

import java.util.Locale;

/** What the provider means by its answer about one subject, however it words it. */
public enum Truth {
    /** It knows the subject and says what it knows, or a part of it. */
    FOUND,
    /** It knows nothing of the subject. */
    MISSED,
    /** It may never speak of the subject. */
    SUPPRESSED,
    /** It can't make sense of the question. */
    UNREADABLE,
    /** It answers later. */
    LATER,
    /** It did not work on the subject: credits gone, a refusal, a failure. */
    UNANSWERED;

    /** What a status alone, and whether it was paid for, says. */
    static Truth of(int status, boolean paid) {
        return switch (status) {
            case 200 -> paid ? FOUND : MISSED;
            case 202 -> LATER;
            case 404 -> MISSED;
            case 400, 422 -> UNREADABLE;
            case 451 -> SUPPRESSED;
            default -> UNANSWERED;
        };
    }

    /** The name in the ledger. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
