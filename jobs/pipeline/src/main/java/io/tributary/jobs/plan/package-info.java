/**
 * Which keys to ask, whom, and what it may cost at most; spends nothing and sends nothing. The decision about one key is
 * the pure {@link io.tributary.jobs.plan.KeyPlanner}; {@link io.tributary.jobs.plan.PlanStep} moves the rows.
 */
package io.tributary.jobs.plan;
