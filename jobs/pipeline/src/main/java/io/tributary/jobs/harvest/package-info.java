/**
 * Journal into history, exactly once; and into history too what was bought before there was a journal. The only writers of
 * history. Start at {@link io.tributary.jobs.harvest.HarvestStep}.
 */
package io.tributary.jobs.harvest;
