package io.tributary.call;

import io.tributary.provider.HttpCall;

/** A call with its key, to be sent at once and never stored, and which key it is. */
public record Signed(HttpCall call, Ticket ticket) {}
