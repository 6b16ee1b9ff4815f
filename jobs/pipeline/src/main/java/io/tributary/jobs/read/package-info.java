/**
 * Extracts become rows: guarded before anything is spent, mapped, identified, or set aside with file, line and reason.
 * Nothing here calls a provider or writes a golden table. Start at {@link io.tributary.jobs.read.ReadStep}.
 */
package io.tributary.jobs.read;
