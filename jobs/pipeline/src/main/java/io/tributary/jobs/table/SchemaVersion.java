package io.tributary.jobs.table;

import org.apache.spark.sql.SparkSession;

/**
 * Which declaration a table follows: a property of the table, next to its columns. Columns are only ever added, so a job brings an
 * older table up to its own; but it can't know what a newer one's columns and words mean, and writes nothing there.
 */
final class SchemaVersion {
    /**
     * Raised when a table gets a column, or a column or one of its words another meaning, after a release. What is declared under
     * it stands in {@code expected/lake-schema.txt} of the tests.
     */
    static final int CURRENT = 1;

    private static final String PROPERTY = "tributary.schema";

    private SchemaVersion() {}

    /** As the properties of a new table have it. */
    static String property() {
        return "'" + PROPERTY + "' = '" + CURRENT + "'";
    }

    /**
     * The version of a table that exists; 0 for one from before tables had any.
     *
     * @throws NewerLakeException if this job does not know it
     */
    static int known(SparkSession spark, TableRef ref) {
        // A command's few rows: a query over them would take longer than they do.
        String found = spark.sql("SHOW TBLPROPERTIES " + ref.sql()).collectAsList().stream()
                .filter(row -> row.getString(0).equals(PROPERTY))
                .map(row -> row.getString(1))
                .findFirst()
                .orElse("0");
        // A version that is no number is nothing that this job has written.
        if (!found.matches("\\d{1,9}") || Integer.parseInt(found) > CURRENT) {
            throw new NewerLakeException(ref.text(), found);
        }
        return Integer.parseInt(found);
    }

    static void set(SparkSession spark, TableRef ref) {
        spark.sql("ALTER TABLE " + ref.sql() + " SET TBLPROPERTIES (" + property() + ")");
    }
}
