/**
 * What a run says of itself: one record, printed for people, as JSON for machines and as a row of the ledger. Nothing
 * here changes a table of answers. Start at {@link io.tributary.jobs.report.RunSummary}.
 */
package io.tributary.jobs.report;
