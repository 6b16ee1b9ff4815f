package io.tributary.sandbox.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.sandbox.wire.Json;
import java.util.Map;
import java.util.TreeMap;

/**
 * The books of one provider, or of all together, since the last reset.
 *
 * @param calls every request that reached the provider, refused ones too
 * @param billed answers that cost something
 * @param billedCredits what they cost together
 * @param distinct subjects that got an answer at least once
 * @param repeats second and later paid answers about one subject: same provider, entity and normalised input
 * @param repeatsAfterLost those among them before which every paid answer had been lost to an injected fault
 * @param freeRereads later answers about one subject that cost nothing: polls, misses, and what is billed once
 * @param refusedByWindow refusals because a rate window was full
 * @param refusedByFault injected refusals
 * @param refusedAuth refusals for a missing, unknown or revoked key
 * @param faults injected faults by kind
 * @param statuses calls by HTTP status, as the server meant it
 */
public record Counts(
        long calls,
        long billed,
        double billedCredits,
        long distinct,
        long repeats,
        long repeatsAfterLost,
        long freeRereads,
        long refusedByWindow,
        long refusedByFault,
        long refusedAuth,
        Map<String, Long> faults,
        Map<Integer, Long> statuses) {
    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Map.of(), Map.of());

    public Counts {
        faults = Map.copyOf(faults);
        statuses = Map.copyOf(statuses);
    }

    /** Both together. */
    public Counts plus(Counts other) {
        return new Counts(
                calls + other.calls,
                billed + other.billed,
                billedCredits + other.billedCredits,
                distinct + other.distinct,
                repeats + other.repeats,
                repeatsAfterLost + other.repeatsAfterLost,
                freeRereads + other.freeRereads,
                refusedByWindow + other.refusedByWindow,
                refusedByFault + other.refusedByFault,
                refusedAuth + other.refusedAuth,
                sum(faults, other.faults),
                sum(statuses, other.statuses));
    }

    /** The counts under their names in {@code GET /_ledger}. */
    public ObjectNode json() {
        ObjectNode node = Json.object()
                .put("calls", calls)
                .put("billed", billed)
                .put("billed_credits", billedCredits)
                .put("distinct", distinct)
                .put("repeats", repeats)
                .put("repeats_after_lost", repeatsAfterLost)
                .put("free_rereads", freeRereads)
                .put("refused_by_window", refusedByWindow)
                .put("refused_by_fault", refusedByFault)
                .put("refused_auth", refusedAuth);
        ObjectNode byFault = node.putObject("faults");
        new TreeMap<>(faults).forEach(byFault::put);
        ObjectNode byStatus = node.putObject("statuses");
        new TreeMap<>(statuses).forEach((status, count) -> byStatus.put(status.toString(), count));
        return node;
    }

    private static <K> Map<K, Long> sum(Map<K, Long> one, Map<K, Long> other) {
        Map<K, Long> all = new TreeMap<>(one);
        other.forEach((key, count) -> all.merge(key, count, Long::sum));
        return all;
    }
}
