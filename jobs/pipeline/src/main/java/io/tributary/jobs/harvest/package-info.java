/**
 * Journal into history, exactly once. The only writer of history. Start at
 * {@link io.tributary.jobs.harvest.HarvestStep}.
 */
package io.tributary.jobs.harvest;
