/**
 * The journal: whatever was paid for is written here first, in small checksummed segments, and nowhere else until the
 * segment is closed. No Spark, no Hadoop, no HTTP; start at {@link io.tributary.journal.JournalWriter}.
 */
package io.tributary.journal;
