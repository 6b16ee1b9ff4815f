package io.tributary.merge;

/** What history says of one key at one provider, as of a moment. */
public enum KeyState {
    NEVER_ASKED,
    /** Has data that is good to use. */
    FRESH,
    /** Has data that is due again. */
    STALE,
    /** Asked, none found, and not long ago. */
    NEGATIVE,
    /** Asked, none found, and due again. */
    NEGATIVE_EXPIRED,
    /** The provider refused these very inputs. */
    REJECTED,
    /** The answer comes later: resolved by the job that was started, never by a new paid question. */
    PENDING,
    /** Asked, outcome unknown: the provider's own rule says whether to ask again. */
    UNKNOWN,
    /** Could not ask, nothing was bought. */
    FAILED,
    /** Never to be sent to any provider. */
    SUPPRESSED;

    /** Whether a new paid question is right, with no further rule to look at. */
    public boolean toAsk() {
        return switch (this) {
            case NEVER_ASKED, STALE, NEGATIVE_EXPIRED, FAILED -> true;
            case FRESH, NEGATIVE, REJECTED, PENDING, UNKNOWN, SUPPRESSED -> false;
        };
    }
}
