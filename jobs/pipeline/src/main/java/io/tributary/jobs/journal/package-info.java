/**
 * The journal on the lake's own file system: local, HDFS or an object store through Hadoop. The format is the library's;
 * start at {@link io.tributary.jobs.journal.HadoopJournalStore}.
 */
package io.tributary.jobs.journal;
