package io.tributary.jobs.explain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A golden record and how it came to be.
 *
 * @param key its lookup key; empty where nothing identifies it
 * @param status the word of its {@code enrichment_status}
 * @param nextRefresh when the first of its answers is due again
 * @param runId the run that last changed the row
 * @param suppression the reason of the entry of {@code suppressions} that covers it today
 * @param answers all that history holds about its key and aliases, oldest first
 * @param plan what the newest plan that had to do with its key says of it
 */
public record RecordStory(
        String table,
        String source,
        String object,
        String id,
        Optional<String> key,
        List<String> aliases,
        String lifeCycle,
        String status,
        String reason,
        Optional<Instant> nextRefresh,
        String runId,
        Optional<String> suppression,
        List<FieldStory> fields,
        List<AnswerStory> answers,
        Optional<Plan> plan) {
    public RecordStory {
        aliases = List.copyOf(aliases);
        fields = List.copyOf(fields);
        answers = List.copyOf(answers);
    }

    /**
     * A row of {@code work}.
     *
     * @param status {@code planned} or {@code deferred}
     * @param providers whom it would ask, in order
     */
    public record Plan(String runId, String status, String reason, List<String> providers) {
        public Plan {
            providers = List.copyOf(providers);
        }
    }

    /** The fields whose value a provider gave. */
    public List<FieldStory> enriched() {
        return fields.stream().filter(FieldStory::isEnriched).toList();
    }

    /** Whether every field comes to its value again. */
    public boolean derives() {
        return fields.stream().allMatch(FieldStory::derives);
    }

    /** The credits of all answers. */
    public double credits() {
        return answers.stream().mapToDouble(AnswerStory::credits).sum();
    }
}
