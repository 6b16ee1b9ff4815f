/**
 * Measurements that anybody can repeat: two things side by side in one run, as a ratio with its bound. No job depends on
 * this package, and nothing here is needed for one. Start at {@link io.tributary.jobs.bench.EngineBench}.
 */
package io.tributary.jobs.bench;
