package io.tributary.jobs.plan;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.trim;

import io.tributary.jobs.table.Lake;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The keys that nobody may be asked about, because an identifier of a record under that key is listed in {@code
 * suppressions}: the key itself, an alias, an address, page or line that would be sent along, or the domain at which a person
 * works. One listed identifier is enough, whichever record of the key it stands in.
 */
public final class SuppressedKeys {
    /** Why an entry is there that a provider's answer brought: it is about one key, and not about whoever works there. */
    public static final String OPT_OUT = "opt_out";

    /** Inputs that identify the subject, in the form of keys. */
    private static final String KEYS = "array_compact(concat(array(lookup_key),"
            + " coalesce(aliases, cast(array() as array<string>)), array("
            + "if(entity = 'person', concat('email:', lower(inputs['email'])), null),"
            + "if(entity = 'company', concat('domain:', lower(inputs['domain'])), null),"
            + "concat('phone:', inputs['phone']),"
            + "concat('linkedin_', entity, ':', lower(regexp_extract(inputs['linkedin'], '/(?:in|company)/([^/?#]+)', 1))))))";

    /** The keys, lines without the name of who answers them, and addresses and domains alone, as others hash them. */
    private static final String OWN = "array_distinct(concat(keys,"
            + " transform(filter(keys, k -> k like 'phone:%|%'), k -> substring_index(k, '|', 1)),"
            + " transform(filter(keys, k -> k like 'email:%' or k like 'domain:%'), k -> substring(k, instr(k, ':') + 1))))";

    /** A mail host and the hosts above it: {@code mail.acme.com, acme.com, com}. */
    private static final String HOSTS = "flatten(transform(filter(keys, k -> k like 'email:%@%'),"
            + " k -> transform(sequence(1, size(split(substring_index(k, '@', -1), '[.]'))),"
            + " i -> array_join(slice(split(substring_index(k, '@', -1), '[.]'), i, 99), '.'))))";

    private static final String EMPLOYERS = "if(entity = 'person', array_compact(array_append(" + HOSTS
            + ", lower(inputs['domain']))), cast(array() as array<string>))";

    private SuppressedKeys() {}

    /**
     * @param records rows with {@code entity}, {@code lookup_key}, {@code aliases} and {@code inputs}, of any life cycle
     * @return the distinct {@code lookup_key}s
     */
    public static Dataset<Row> of(SparkSession spark, Lake lake, Dataset<Row> records) {
        return listed(records, lake.suppressions().read(spark));
    }

    /** The keys of those records of which an identifier stands in these entries. */
    static Dataset<Row> listed(Dataset<Row> records, Dataset<Row> entries) {
        Dataset<Row> listed = entries.selectExpr("lower(trim(key_hash)) as listed", "reason")
                .groupBy("listed")
                .agg(expr("bool_and(coalesce(reason, '') = '" + OPT_OUT + "')").as("of_key_only"));
        Column meant = not(col("employer").and(col("of_key_only")));
        return identifiers(records)
                .join(listed, col("hash").equalTo(col("listed")).and(meant), "left_semi")
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
        List<Row> named = identifiers(records).select("hash", "employer").collectAsList();
        return lake
                .suppressions()
                .read(spark)
                .where(lower(trim(col("key_hash")))
                        .isin(named.stream().map(row -> row.get(0)).toArray()))
                .selectExpr("lower(trim(key_hash))", "coalesce(reason, '')")
                .collectAsList()
                .stream()
                .filter(entry -> named.stream()
                        .anyMatch(row -> row.getString(0).equals(entry.getString(0))
                                && !(row.getBoolean(1) && entry.getString(1).equals(OPT_OUT))))
                .map(entry -> entry.getString(1))
                .distinct()
                .sorted()
                .toList();
    }

    /** {@code lookup_key}, the {@code hash} of one identifier, and whether that is the {@code employer} and not the person. */
    private static Dataset<Row> identifiers(Dataset<Row> records) {
        return records.where(col("lookup_key").isNotNull())
                .selectExpr("lookup_key", "entity", "inputs", KEYS + " as keys")
                .selectExpr("lookup_key", OWN + " as own", EMPLOYERS + " as employers")
                .selectExpr(
                        "lookup_key",
                        "explode(concat(transform(own, k -> named_struct('identifier', k, 'employer', false)),"
                                + " transform(employers, k -> named_struct('identifier', k, 'employer', true)),"
                                + " transform(employers, k -> named_struct('identifier', concat('domain:', k), 'employer', true))))"
                                + " as named")
                .selectExpr("lookup_key", "sha2(named.identifier, 256) as hash", "named.employer as employer");
    }
}
