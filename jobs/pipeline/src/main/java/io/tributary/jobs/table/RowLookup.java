package io.tributary.jobs.table;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Row;

/** Finds few rows of a table by what stands in some of their columns. */
public interface RowLookup {
    /**
     * A condition.
     *
     * @param column of text or of whole numbers, at the top of the table
     * @param values of which one has to stand there; each of the column's own type
     */
    record OneOf(String column, Set<Object> values) {
        public OneOf {
            values = Set.copyOf(values);
        }

        public static OneOf of(String column, Collection<?> values) {
            return new OneOf(column, Set.copyOf(values));
        }
    }

    /**
     * The rows that meet all conditions, in no particular order.
     *
     * @param columns declared ones; one that the table does not have yet is null
     * @return empty if there is no such table
     */
    Optional<List<Row>> find(LakeTable table, List<OneOf> where, List<String> columns);
}
