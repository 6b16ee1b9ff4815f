/**
 * The command line: options in, exit code out. It wires nothing itself beyond opening a Spark session; start at
 * {@link io.tributary.jobs.cli.Tributary}.
 */
package io.tributary.jobs.cli;
