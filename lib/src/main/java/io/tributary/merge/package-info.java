/**
 * Which answers are still good, which value a golden record takes, and why: pure functions that are told the time and
 * know neither tables nor networks. Start at {@link io.tributary.merge.FieldRules} for values and at
 * {@link io.tributary.merge.FreshnessPolicy} for time.
 */
package io.tributary.merge;
