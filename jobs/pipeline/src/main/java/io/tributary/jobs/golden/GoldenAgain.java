package io.tributary.jobs.golden;

import io.tributary.jobs.read.TypedProfile;
import io.tributary.merge.FieldLineage;
import io.tributary.merge.FieldRules;
import io.tributary.merge.Merged;
import io.tributary.merge.SubjectAnswers;
import io.tributary.model.EntityKind;
import io.tributary.model.Field;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Row;

/** Derives one golden row again, by the code and the rules that the night uses. Writes nothing. Immutable. */
public final class GoldenAgain {
    private final EntityKind entity;
    private final RecordMerge merge;

    /** @param waterfall the providers of this entity, first to last */
    public GoldenAgain(EntityKind entity, FieldRules rules, List<String> waterfall) {
        this.entity = entity;
        this.merge = new RecordMerge(entity, rules, waterfall);
    }

    /**
     * A row as it stands, beside what is made of its sources today.
     *
     * @param stands the enrichable values of the row
     * @param lineage where the row says that they came from
     * @param again what the merge makes now
     */
    public record Remade(Map<Field, Object> stands, Map<Field, FieldLineage> lineage, Merged again) {
        public Remade {
            stands = Collections.unmodifiableMap(copy(stands));
            lineage = Collections.unmodifiableMap(copy(lineage));
        }

        private static <T> Map<Field, T> copy(Map<Field, T> map) {
            Map<Field, T> copy = new EnumMap<>(Field.class);
            copy.putAll(map);
            return copy;
        }

        /** Whether the field comes to the same value, by the same answer or from the CRM as before. */
        public boolean derives(Field field) {
            return Objects.equals(stands.get(field), again.values().get(field))
                    && answer(lineage.get(field)).equals(answer(again.lineage().get(field)));
        }

        private static Optional<String> answer(FieldLineage lineage) {
            return Optional.ofNullable(lineage).map(FieldLineage::responseId);
        }
    }

    /**
     * Derives.
     *
     * @param golden a row of the golden table, with all of its columns
     * @param shared the rows of history that may count for its merge: those of {@code Lake.answers}, of its key and of others of its
     *     subject
     * @param suppressed whether an identifier of the record is listed in {@code suppressions}
     */
    public Remade of(Row golden, List<Row> shared, boolean suppressed) {
        Map<Field, FieldLineage> lineage = golden.getAs("_lineage") == null
                ? Map.of()
                : LineageRows.read(entity, golden.getJavaMap(golden.fieldIndex("_lineage")));
        Map<String, String> crm = golden.getJavaMap(golden.fieldIndex("_crm"));
        List<Said> said = Said.newest(SubjectAnswers.counting(
                golden.getAs("_lookup_key"),
                shared.stream().map(row -> Said.ofHistory(entity, row)).toList()));
        return new Remade(
                Said.profile(entity, golden).values(),
                lineage,
                merge.of(TypedProfile.of(entity, crm == null ? Map.of() : crm), lineage, said, suppressed));
    }
}
