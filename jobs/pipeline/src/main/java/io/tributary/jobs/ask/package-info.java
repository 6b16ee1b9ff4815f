/**
 * The call step: work buckets to tasks, tasks to the library's waterfall, answers to the journal. One engine for each
 * executor and run; start at {@link io.tributary.jobs.ask.AskStep}.
 */
package io.tributary.jobs.ask;
