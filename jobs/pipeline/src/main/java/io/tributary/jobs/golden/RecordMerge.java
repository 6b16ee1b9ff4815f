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
     * @param crm what the CRM holds, by {@link #typed}
     * @param said the newest data of each provider; other answers are passed over
     * @param suppressed whether nothing that a provider said may stand in the row
     */
    Merged of(Profile crm, Map<Field, FieldLineage> previous, List<Said> said, boolean suppressed) {
        List<Candidate> candidates = suppressed
                ? List.of()
                : said.stream().filter(Said::hasData).map(Said::candidate).toList();
        return rules.merge(entity, crm, previous, candidates, waterfall);
    }

    /** What the CRM holds, from the texts by path that a record carries. */
    Profile typed(Map<String, String> crm) {
        Profile profile = Profile.empty(entity);
        for (Field field : Field.of(entity)) {
            String text = crm.get(field.path());
            if (text == null || text.isBlank()) {
                continue;
            }
            switch (field.type()) {
                case STRING -> profile = profile.with(field, text);
                case LONG -> {
                    Long number = wholeNumber(text);
                    profile = number == null ? profile : profile.with(field, number);
                }
                case STRING_LIST -> profile = profile.with(field, List.of(text.split("\\s*[;,]\\s*")));
            }
        }
        return profile;
    }

    /** A count as people type it (1,200 or 1200.0); null when it is no number, and then the CRM column keeps it. */
    private static Long wholeNumber(String text) {
        String digits = text.strip().replaceAll("[,_ ]", "").replaceAll("\\.0+$", "");
        return digits.matches("-?\\d{1,18}") ? Long.valueOf(digits) : null;
    }
}
