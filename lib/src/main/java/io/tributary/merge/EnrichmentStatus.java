package io.tributary.merge;

import io.tributary.model.Outcome;
import java.util.Collection;
import java.util.Locale;

/** What enrichment came to for one golden record. */
public enum EnrichmentStatus {
    ENRICHED,
    PARTIAL,
    NOT_FOUND,
    REJECTED,
    SUPPRESSED,
    PENDING,
    DEFERRED,
    UNKNOWN,
    NOT_ASKED;

    /** What the run decided about the record's key. */
    public enum Work {
        /** Nothing to ask: history serves it, or no provider accepts its inputs. */
        NONE,
        /** To be asked in this run or, for want of budget, quota or service, in a later one. */
        ASK,
        /** Never to be sent out. */
        SUPPRESSED
    }

    /** The word in the golden tables, for instance {@code not_found}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The status of a record. Data prevails even when it is stale: when it is due again stands in its own column.
     *
     * @param outcomes what each provider said last; without any, the record waits or was never asked
     */
    public static EnrichmentStatus of(Collection<Outcome> outcomes, Work work) {
        if (work == Work.SUPPRESSED || outcomes.contains(Outcome.SUPPRESSED)) {
            return SUPPRESSED;
        }
        if (outcomes.contains(Outcome.MATCHED)) {
            return ENRICHED;
        }
        if (outcomes.contains(Outcome.PARTIAL)) {
            return PARTIAL;
        }
        if (outcomes.contains(Outcome.PENDING)) {
            return PENDING;
        }
        if (outcomes.contains(Outcome.UNKNOWN)) {
            return UNKNOWN;
        }
        if (outcomes.contains(Outcome.FAILED)) {
            return DEFERRED;
        }
        if (outcomes.contains(Outcome.NOT_FOUND)) {
            return NOT_FOUND;
        }
        if (outcomes.contains(Outcome.REJECTED)) {
            return REJECTED;
        }
        return work == Work.ASK ? DEFERRED : NOT_ASKED;
    }
}
