/**
 * The rate windows of a simulated provider: arithmetic on a given time, with no clock and no provider in it. Start at
 * {@link io.tributary.sandbox.quota.Quota}.
 */
package io.tributary.sandbox.quota;
