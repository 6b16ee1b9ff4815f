/**
 * What providers' answers look like, and when that changes: names and types of fields, never a value. Reporting only: nothing
 * here may keep a run from its end. Start at {@link io.tributary.jobs.drift.DriftStep}.
 */
package io.tributary.jobs.drift;
