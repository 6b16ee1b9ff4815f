package io.tributary.jobs.golden;

import io.tributary.merge.Candidate;
import io.tributary.merge.FieldLineage;
import io.tributary.merge.FieldRules;
import io.tributary.merge.Merged;
import io.tributary.model.EntityKind;
import io.tributary.model.Field;
import io.tributary.model.Profile;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * The merge of one record, wherever it is made: by the night on executors, and again by whoever wants to know how a row came
 * to be. Immutable; ships to executors.
 *
 * @param waterfall the providers of this entity, first to last
 */
record RecordMerge(EntityKind entity, FieldRules rules, List<String> waterfall) implements Serializable {
    RecordMerge {
        waterfall = List.copyOf(waterfall);
    }

    /**
     * Merges.
     *
     * @param crm what the CRM holds
     * @param said the newest data of each provider; other answers are passed over
     * @param suppressed whether nothing that a provider said may stand in the row
     */
    Merged of(Profile crm, Map<Field, FieldLineage> previous, List<Said> said, boolean suppressed) {
        List<Candidate> candidates = suppressed
                ? List.of()
                : said.stream().filter(Said::hasData).map(Said::candidate).toList();
        return rules.merge(entity, crm, previous, candidates, waterfall);
    }
}
