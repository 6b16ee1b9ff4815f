package io.tributary.jobs.plan;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.trim;

import io.tributary.jobs.table.Lake;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The keys that nobody may be asked about, because an identifier of a record under that key is listed in {@code
 * suppressions}: the key itself, an alias, or an address or page that would be sent along. One listed identifier is
 * enough, whichever record of the key it stands in.
 */
public final class SuppressedKeys {
    /** An input that identifies the subject, in the form of a key. A person's employer is not the person. */
    private static final String SENT = "array("
            + "if(entity = 'person', concat('email:', lower(inputs['email'])), null),"
            + "if(entity = 'company', concat('domain:', lower(inputs['domain'])), null),"
            + "concat('linkedin_', entity, ':', lower(regexp_extract(inputs['linkedin'], '/(?:in|company)/([^/?#]+)', 1))))";

    private SuppressedKeys() {}

    /**
     * @param records rows with {@code entity}, {@code lookup_key}, {@code aliases} and {@code inputs}, of any life cycle
     * @return the distinct {@code lookup_key}s
     */
    public static Dataset<Row> of(SparkSession spark, Lake lake, Dataset<Row> records) {
        Dataset<Row> listed = lake.suppressions()
                .read(spark)
                .selectExpr("lower(trim(key_hash)) as listed")
                .distinct();
        return identifiers(records)
                .join(listed, col("hash").equalTo(col("listed")), "left_semi")
                .select("lookup_key")
                .distinct();
    }

    /**
     * Why they are listed.
     *
     * @param records as above; those of one subject
     * @return the reasons of the entries, in alphabetical order
     */
    public static List<String> reasons(SparkSession spark, Lake lake, Dataset<Row> records) {
        // Few: a list that is looked for is found faster than it is joined.
        Object[] hashes = identifiers(records)
                .select("hash")
                .as(Encoders.STRING())
                .collectAsList()
                .toArray();
        return lake
                .suppressions()
                .read(spark)
                .where(lower(trim(col("key_hash"))).isin(hashes))
                .select("reason")
                .collectAsList()
                .stream()
                .map(row -> row.isNullAt(0) ? "" : row.getString(0))
                .distinct()
                .sorted()
                .toList();
    }

    private static Dataset<Row> identifiers(Dataset<Row> records) {
        return records.where(col("lookup_key").isNotNull())
                .select(
                        col("lookup_key"),
                        expr("explode(array_distinct(array_compact(concat(array(lookup_key),"
                                        + " coalesce(aliases, cast(array() as array<string>)), " + SENT + "))))")
                                .as("identifier"))
                .withColumn("hash", expr("sha2(identifier, 256)"));
    }
}
