package io.tributary.model;

/**
 * What became of one question to one provider. Only {@link #MATCHED}, {@link #PARTIAL}, {@link #NOT_FOUND} and
 * {@link #REJECTED} are answers; the others say that there is none, and why they are not the same.
 */
public enum Outcome {
    /** The provider knows the subject. Fresh for as long as its confidence allows. */
    MATCHED,
    /** The provider knows something of the subject, but not all that was asked. Kept and fresh like a match. */
    PARTIAL,
    /** Asked, none found: the negative cache, with its own time to live. */
    NOT_FOUND,
    /** The provider refuses this input for good; asked again only when the inputs change. */
    REJECTED,
    /** Could not ask, or the provider could not answer. Nothing was bought; comes again. */
    FAILED,
    /** Accepted, the answer comes later by poll, repeat or webhook. Never asked as a new paid question meanwhile. */
    PENDING,
    /** Sent, but no complete answer came: it may have been bought. Asked again only by the spec's re-ask rule. */
    UNKNOWN,
    /** The subject asked not to be processed (451, opt-out): never sent to any provider again. */
    SUPPRESSED;

    /** Whether the provider said something final about the subject. */
    public boolean isAnswer() {
        return switch (this) {
            case MATCHED, PARTIAL, NOT_FOUND, REJECTED, SUPPRESSED -> true;
            case FAILED, PENDING, UNKNOWN -> false;
        };
    }

    /** Whether the answer carries data. */
    public boolean hasData() {
        return this == MATCHED || this == PARTIAL;
    }
}
