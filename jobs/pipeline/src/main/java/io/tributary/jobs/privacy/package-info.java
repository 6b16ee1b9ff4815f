/**
 * Suppressing and erasing people: what is listed, what is theirs in each table and in the journal, and how it is taken out.
 * Whoever uses it has the lake's tables. Start at {@link io.tributary.jobs.privacy.Suppressions} and
 * {@link io.tributary.jobs.privacy.Erasure}.
 */
package io.tributary.jobs.privacy;
