/**
 * What goes in and out of a simulated provider, without any network type: requests, replies and what a reply costs. Start
 * at {@link io.tributary.sandbox.wire.Reply}.
 */
package io.tributary.sandbox.wire;
