package io.tributary.jobs.plan;

/**
 * One provider that may be asked about a key.
 *
 * @param epoch epoch seconds of the answer that this ask supersedes; 0 when the key was never answered here
 * @param resume whether this only resolves a pending answer, which is no new paid ask
 * @param jobId how to resume; empty when the provider gave no id
 * @param worstCredits the most it can cost
 */
public record PlannedAsk(String provider, long epoch, boolean resume, String jobId, double worstCredits) {}
