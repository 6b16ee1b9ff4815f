package io.tributary.jobs.plan;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Where a run keeps rows between its steps, out of reach of dying executors. */
@FunctionalInterface
public interface Stage {
    /** The same rows, read back from files. */
    Dataset<Row> put(String name, Dataset<Row> rows);
}
