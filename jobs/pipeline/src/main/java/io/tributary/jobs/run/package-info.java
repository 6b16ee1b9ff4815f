/**
 * A run as a whole: its lock, its clock, its steps in order. Only this package and the command line put steps together.
 * Start at {@code Nightly}.
 */
package io.tributary.jobs.run;
