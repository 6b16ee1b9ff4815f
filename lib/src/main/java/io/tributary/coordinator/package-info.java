/**
 * Divides a provider's quota among the executors of a run, and among runs, by what each could use. Pure arithmetic: it is told the time and
 * hears reports, and knows no clock, thread or network. Start at {@link io.tributary.coordinator.Coordinator}.
 */
package io.tributary.coordinator;
