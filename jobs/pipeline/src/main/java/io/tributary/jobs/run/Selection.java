package io.tributary.jobs.run;

import io.tributary.model.EntityKind;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The records that a run has to do with. */
interface Selection {
    /** All of them. */
    Selection ALL = (entity, records) -> records;

    /**
     * Those of a kind that are selected.
     *
     * @param records rows of {@code CrmState}
     */
    Dataset<Row> of(EntityKind entity, Dataset<Row> records);
}
