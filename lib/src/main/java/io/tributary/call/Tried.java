package io.tributary.call;

import io.tributary.quota.Permit;

/**
 * A call that was handed to the network.
 *
 * @param ticket the key it carried
 * @param sentNanos when, on the elapsed clock
 */
record Tried(Flight flight, Permit permit, Ticket ticket, long sentNanos) {}
