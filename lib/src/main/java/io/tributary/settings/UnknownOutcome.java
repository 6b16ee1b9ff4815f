package io.tributary.settings;

/** What becomes of an ask whose outcome is unknown, where its provider may bill it again. */
public enum UnknownOutcome {
    /** The spec's own rule decides. */
    BY_SPEC,
    /** It is asked again, and counted in the report. */
    ASK_AGAIN,
    /** It is left for a person to decide. */
    HOLD
}
