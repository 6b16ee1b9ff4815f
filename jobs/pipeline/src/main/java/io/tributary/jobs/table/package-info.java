/**
 * One class per Delta table: its name, its schema with comments, its properties; nothing here decides what is written.
 * Start at {@link io.tributary.jobs.table.LakeTable}; {@link io.tributary.jobs.table.Lake} lists them all.
 */
package io.tributary.jobs.table;
