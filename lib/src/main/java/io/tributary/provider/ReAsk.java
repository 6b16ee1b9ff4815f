package io.tributary.provider;

/** How an ask whose outcome is unknown may be asked again, as the provider's file states. */
public enum ReAsk {
    /** The provider does not bill the same look-up twice within a stated time. */
    FREE,
    /** It may bill again: ask, and count it in the report. */
    ASK_AGAIN,
    /** It may bill again: leave it for a person to decide. */
    HOLD
}
