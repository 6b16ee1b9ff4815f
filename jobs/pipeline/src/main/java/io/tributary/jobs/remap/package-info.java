/**
 * Answers that history holds, read again by today's providers' files: no call, no credit. Start at {@link
 * io.tributary.jobs.remap.RemapStep}.
 */
package io.tributary.jobs.remap;
