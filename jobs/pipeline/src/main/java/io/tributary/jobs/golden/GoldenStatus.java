package io.tributary.jobs.golden;

import io.tributary.merge.EnrichmentStatus;
import io.tributary.merge.FreshnessPolicy;
import io.tributary.merge.LastAnswer;
import io.tributary.model.LookupKey;
import io.tributary.model.Outcome;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Row;

/**
 * The words of a golden row about itself.
 *
 * @param status one of {@link EnrichmentStatus}, by its id
 * @param reason a stable code; empty for a match that is fresh, {@code stale:} and why for one that is not
 * @param nextRefresh when the first of the answers that count is due again
 */
record GoldenStatus(String status, String reason, Optional<Instant> nextRefresh) {
    private static final Set<String> NEVER_ASKED = Set.of("deleted", "converted", "merged", "opted_out", "bounced");

    static GoldenStatus of(Row row, List<Said> said, Map<String, FreshnessPolicy> policies, Instant asOf) {
        String key = row.getAs("lookup_key");
        Map<String, FreshnessPolicy> freshness = key == null ? policies : forKey(policies, LookupKey.parse(key));
        String decision = row.getAs("decision");
        String lifeCycle = row.getAs("life_cycle");
        List<Said> current = newestByProvider(said);
        boolean suppressed = Boolean.TRUE.equals(row.<Boolean>getAs("suppressed"));
        EnrichmentStatus.Work work = suppressed ? EnrichmentStatus.Work.SUPPRESSED : work(decision);
        EnrichmentStatus status =
                EnrichmentStatus.of(current.stream().map(Said::outcome).toList(), work);
        return new GoldenStatus(
                status.id(),
                status == EnrichmentStatus.ENRICHED || status == EnrichmentStatus.PARTIAL
                        ? stale(row, said, freshness, asOf)
                        : reason(row, status, lifeCycle, decision, current),
                status == EnrichmentStatus.SUPPRESSED ? Optional.empty() : due(said, freshness));
    }

    private static Map<String, FreshnessPolicy> forKey(Map<String, FreshnessPolicy> policies, LookupKey key) {
        Map<String, FreshnessPolicy> own = new HashMap<>();
        policies.forEach((provider, policy) -> own.put(provider, policy.forKey(key)));
        return own;
    }

    /** Whether nothing that a provider said may stand in the row. */
    boolean suppressed() {
        return status.equals(EnrichmentStatus.SUPPRESSED.id());
    }

    /** What each provider said last; data that a provider gave before a failed refresh still counts. */
    private static List<Said> newestByProvider(List<Said> said) {
        return said.stream()
                .filter(one -> one.hasData()
                        || said.stream()
                                .noneMatch(other -> other.hasData()
                                        && other.provider().equals(one.provider())
                                        && (other.fetchedAt().isAfter(one.fetchedAt())
                                                || !one.outcome().isAnswer())))
                .toList();
    }

    private static EnrichmentStatus.Work work(String decision) {
        if (decision == null) {
            return EnrichmentStatus.Work.NONE;
        }
        return switch (decision) {
            case "SUPPRESSED" -> EnrichmentStatus.Work.SUPPRESSED;
            case "WORK", "DEFERRED" -> EnrichmentStatus.Work.ASK;
            default -> EnrichmentStatus.Work.NONE;
        };
    }

    private static String reason(
            Row row, EnrichmentStatus status, String lifeCycle, String decision, List<Said> current) {
        return switch (status) {
            case ENRICHED, PARTIAL -> throw new IllegalStateException("data has no reason but its age");
            case NOT_FOUND, REJECTED, PENDING, UNKNOWN ->
                current.stream()
                        .filter(one -> one.outcome().name().equals(status.name()))
                        .map(Said::reason)
                        .filter(reason -> !reason.isEmpty())
                        .min(Comparator.naturalOrder())
                        .orElse("");
            case SUPPRESSED -> "suppressed";
            case DEFERRED ->
                "DEFERRED".equals(decision)
                        ? row.getAs("decision_reason")
                        : current.stream()
                                .filter(one -> one.outcome() == Outcome.FAILED)
                                .map(Said::reason)
                                .min(Comparator.naturalOrder())
                                .orElse("not_reached");
            case NOT_ASKED -> {
                if (NEVER_ASKED.contains(lifeCycle)) {
                    yield lifeCycle;
                }
                if (row.getAs("lookup_key") == null) {
                    yield "no_identifier";
                }
                // A living record without a decision shares its key with one that is withheld.
                String reason = row.getAs("decision_reason");
                yield reason == null ? "withheld_with_duplicate" : reason;
            }
        };
    }

    /** Empty while some of the data is fresh, else {@code stale:} and why nothing newer stands in its place. */
    private static String stale(Row row, List<Said> said, Map<String, FreshnessPolicy> freshness, Instant asOf) {
        List<Said> data = said.stream().filter(one -> one.outcome().hasData()).toList();
        boolean fresh = data.stream()
                .anyMatch(one -> !freshness.containsKey(one.provider())
                        || expiresAt(one, freshness).filter(asOf::isBefore).isPresent());
        // A wanted field may count for longer than its provider's answers: the plan has looked.
        fresh |= "CACHE_HIT".equals(row.getAs("decision"));
        if (fresh) {
            return "";
        }
        Instant newest = data.stream()
                .map(Said::fetchedAt)
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
        Optional<String> later = said.stream()
                .filter(one -> !one.outcome().hasData() && one.fetchedAt().isAfter(newest))
                .max(Comparator.comparing(Said::fetchedAt).thenComparing(Said::responseId))
                .map(one -> one.reason().isEmpty()
                        ? one.outcome().name().toLowerCase(java.util.Locale.ROOT)
                        : one.reason());
        return "stale:" + notRefreshed(row, later);
    }

    private static String notRefreshed(Row row, Optional<String> later) {
        String decision = row.getAs("decision");
        String lifeCycle = row.getAs("life_cycle");
        if (decision == null) {
            return NEVER_ASKED.contains(lifeCycle) ? lifeCycle : "withheld_with_duplicate";
        }
        return switch (decision) {
            case "DEFERRED", "HELD", "NOT_ASKABLE" -> row.getAs("decision_reason");
            default -> later.orElse("not_reached");
        };
    }

    private static Optional<Instant> expiresAt(Said one, Map<String, FreshnessPolicy> freshness) {
        return freshness
                .get(one.provider())
                .expiresAt(new LastAnswer(one.outcome(), one.confidence(), one.fetchedAt(), ""));
    }

    private static Optional<Instant> due(List<Said> said, Map<String, FreshnessPolicy> freshness) {
        return said.stream()
                .filter(one -> freshness.containsKey(one.provider()))
                .flatMap(one -> expiresAt(one, freshness).stream())
                .max(Comparator.naturalOrder());
    }
}
