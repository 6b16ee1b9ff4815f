/**
 * The story of one golden record, from what the lake holds: read-only, and from as few files as tell it. Start at
 * {@link io.tributary.jobs.explain.Explain}.
 */
package io.tributary.jobs.explain;
