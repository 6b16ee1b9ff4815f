package io.tributary.mapping;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The columns that tell what became of a record.
 *
 * @param mergedInto columns that name the record which this one was merged into; any value counts
 * @param mergedIds of the surviving record: columns with the ids merged into it, parted by {@code ;}
 */
public record LifeCycle(
        Flag deleted, Flag converted, List<String> mergedInto, List<String> mergedIds, Flag optedOut, Flag bounced)
        implements Serializable {

    /** No column tells anything. */
    public static final LifeCycle NONE =
            new LifeCycle(Flag.NONE, Flag.NONE, List.of(), List.of(), Flag.NONE, Flag.NONE);

    public LifeCycle {
        mergedInto = List.copyOf(mergedInto);
        mergedIds = List.copyOf(mergedIds);
    }

    /**
     * Columns that say yes or no.
     *
     * @param columns any of them is enough
     * @param trueValues the cells that mean yes, whatever their case; if empty, each but a blank one and a usual no
     *     ({@code false}, {@code no}, {@code 0}, {@code f}, {@code n}) does
     */
    public record Flag(List<String> columns, List<String> trueValues) implements Serializable {
        static final Flag NONE = new Flag(List.of(), List.of());
        private static final Set<String> NO = Set.of("false", "no", "0", "f", "n");

        public Flag {
            columns = List.copyOf(columns);
            trueValues = List.copyOf(trueValues);
        }

        /** Whether a cell of one of these columns means yes. */
        public boolean isYes(String cell) {
            String word = cell.strip().toLowerCase(Locale.ROOT);
            if (trueValues.isEmpty()) {
                return !word.isEmpty() && !NO.contains(word);
            }
            return trueValues.stream()
                    .anyMatch(yes -> yes.strip().toLowerCase(Locale.ROOT).equals(word));
        }
    }
}
