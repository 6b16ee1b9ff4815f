/**
 * Answers and CRM rows into golden records. The rules are those of {@code io.tributary.merge}; here rows are only moved:
 * start at {@link io.tributary.jobs.golden.GoldenStep}.
 */
package io.tributary.jobs.golden;
