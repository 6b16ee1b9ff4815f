/**
 * Asks providers: many calls in flight, no thread held by any, everything paid for journalled before anybody sees it. What
 * an answer means for the golden tables is decided elsewhere; start at {@link io.tributary.call.Waterfall}, then
 * {@link io.tributary.call.CallStack}.
 */
package io.tributary.call;
