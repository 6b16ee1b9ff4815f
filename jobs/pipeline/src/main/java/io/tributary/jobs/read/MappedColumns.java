package io.tributary.jobs.read;

import io.tributary.mapping.ColumnMapping;
import io.tributary.mapping.LifeCycle;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a mapping says about the columns of an extract at hand. */
final class MappedColumns {
    private MappedColumns() {}

    /** Whether a column must never leave the extract, however its name is spelt. */
    static boolean isDropped(ColumnMapping mapping, String header) {
        String name = ColumnNames.sanitise(header);
        return mapping.drop().stream()
                .anyMatch(column -> ColumnNames.sanitise(column).equals(name));
    }

    /** The first of these columns that is filled. */
    static Optional<String> first(Map<String, String> values, List<String> columns) {
        return columns.stream()
                .map(values::get)
                .filter(value -> value != null && !value.isBlank())
                .findFirst();
    }

    /** What became of the record, as {@link ExtractRows#LIFE_CYCLE} holds it. */
    static String lifeCycle(LifeCycle columns, Map<String, String> values) {
        if (first(values, columns.mergedInto()).isPresent()) {
            return "merged";
        } else if (isYes(columns.deleted(), values)) {
            return "deleted";
        } else if (isYes(columns.converted(), values)) {
            return "converted";
        } else if (isYes(columns.optedOut(), values)) {
            return "opted_out";
        }
        return isYes(columns.bounced(), values) ? "bounced" : "active";
    }

    private static boolean isYes(LifeCycle.Flag flag, Map<String, String> values) {
        return flag.columns().stream().map(values::get).anyMatch(value -> value != null && flag.isYes(value));
    }

    /** Every column that the mapping reads. */
    static Set<String> of(ColumnMapping mapping) {
        Set<String> all = new LinkedHashSet<>(mapping.recordId());
        all.addAll(mapping.accountId());
        all.addAll(mapping.modifiedAt());
        mapping.fields().values().forEach(all::addAll);
        mapping.identifiers().values().forEach(all::addAll);
        LifeCycle lifeCycle = mapping.lifeCycle();
        all.addAll(lifeCycle.mergedInto());
        all.addAll(lifeCycle.mergedIds());
        List.of(lifeCycle.deleted(), lifeCycle.converted(), lifeCycle.optedOut(), lifeCycle.bounced())
                .forEach(flag -> all.addAll(flag.columns()));
        return all;
    }
}
