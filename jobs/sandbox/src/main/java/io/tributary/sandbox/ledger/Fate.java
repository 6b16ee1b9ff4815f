package io.tributary.sandbox.ledger;

/** What became of a call. */
public enum Fate {
    /** The provider's own answer, matched or not, went out. */
    ANSWERED,
    /** Answered and billed, but an injected fault spoilt the answer on its way. */
    LOST,
    /** An injected fault took the place of the answer. */
    FAILED,
    REFUSED_BY_WINDOW,
    REFUSED_BY_FAULT,
    REFUSED_AUTH
}
