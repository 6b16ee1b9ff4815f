package io.tributary.jobs.identities;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.tributary.jobs.table.Lake;
import io.tributary.merge.SubjectAnswers;
import io.tributary.model.Outcome;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Under which other keys history knows the subjects of some records. A key whose records have an identifier of such a subject
 * shares its answers: in the plan, which then does not ask again, and in the merge.
 */
public final class KnownAs {
    /** Outcomes that say something whatever identifier was asked by. */
    static final Object[] TELLING = Arrays.stream(Outcome.values())
            .filter(SubjectAnswers::tells)
            .map(Outcome::name)
            .toArray();

    /** What {@link #of} says: {@code lookup_key, subject, conflict}. */
    private static final StructType SCHEMA = JudgedLinks.SCHEMA;

    private KnownAs() {}

    /**
     * What the records' identifiers lead to.
     *
     * @param records rows with {@code lookup_key} and {@code aliases}; several may share a key
     * @return {@code lookup_key, subject, conflict}: one row for each other key whose answers this one shares, and one for each
     *     identifier (its hash) that leads to somebody else or to more than one, and is passed over
     */
    public static Dataset<Row> of(SparkSession spark, Lake lake, Dataset<Row> records) {
        return of(spark, lake.identities().read(spark), records);
    }

    /**
     * The same by some identities.
     *
     * @param identities all rows of {@code identities}, or those that are {@link #near} the records
     */
    public static Dataset<Row> of(SparkSession spark, Dataset<Row> identities, Dataset<Row> records) {
        if (identities.isEmpty()) {
            return nobody(spark);
        }
        return judged(identities, identifiers(records));
    }

    /** The rows of {@code identities} about whomever an identifier of these records leads to: all that these need. */
    public static Dataset<Row> near(Dataset<Row> identities, Dataset<Row> records) {
        Dataset<Row> subjects = identities
                .join(identifiers(records), new String[] {"alias_hash"}, "left_semi")
                .select("lookup_key")
                .distinct();
        return identities.join(subjects, new String[] {"lookup_key"}, "left_semi");
    }

    /** Their keys and aliases: {@code lookup_key, kind, alias_hash}. */
    private static Dataset<Row> identifiers(Dataset<Row> records) {
        return records.where(col("lookup_key").isNotNull())
                .select(
                        col("lookup_key"),
                        expr("explode(array_distinct(concat(array(lookup_key),"
                                        + " coalesce(aliases, cast(array() as array<string>)))))")
                                .as("alias"))
                .distinct()
                .selectExpr("lookup_key", "substring_index(alias, ':', 1) AS kind", "sha2(alias, 256) AS alias_hash");
    }

    private static Dataset<Row> judged(Dataset<Row> identities, Dataset<Row> own) {
        Dataset<Row> subjects = identities
                .select(col("alias_hash"), col("lookup_key").as("subject"))
                .distinct();
        Dataset<Row> linked = own.join(subjects, new String[] {"alias_hash"}, "left")
                .groupBy("lookup_key")
                .agg(collect_list(struct(col("kind"), col("alias_hash"), col("subject")))
                        .as("found"))
                .where("exists(found, one -> one.subject <> lookup_key)")
                .select(
                        col("lookup_key"),
                        own("'email', 'domain'").as("addresses"),
                        own("'linkedin_person', 'linkedin_company'").as("pages"),
                        expr("explode(filter(found, one -> one.subject IS NOT NULL))")
                                .as("link"));
        Dataset<Row> strong = identities
                .where(col("kind").isin("email", "domain", "linkedin_person", "linkedin_company"))
                .select(
                        col("lookup_key").as("of"),
                        when(col("kind").isin("email", "domain"), col("alias_hash"))
                                .as("address"),
                        when(col("kind").startsWith("linkedin"), col("alias_hash"))
                                .as("page"));
        return linked.join(strong, col("link.subject").equalTo(col("of")), "left")
                .groupBy("lookup_key", "link")
                .agg(
                        first("addresses").as("addresses"),
                        first("pages").as("pages"),
                        collect_set("address").as("its_addresses"),
                        collect_set("page").as("its_pages"))
                .groupBy("lookup_key")
                .agg(
                        first("addresses").as("addresses"),
                        first("pages").as("pages"),
                        collect_list(struct(
                                        col("link.kind").as("kind"),
                                        col("link.alias_hash").as("alias_hash"),
                                        col("link.subject").as("subject"),
                                        col("its_addresses").as("addresses"),
                                        col("its_pages").as("pages")))
                                .as("links"))
                .mapPartitions(new JudgedLinks(), Encoders.row(JudgedLinks.SCHEMA));
    }

    /** No key shares anything. */
    public static Dataset<Row> nobody(SparkSession spark) {
        return spark.createDataFrame(List.of(), SCHEMA);
    }

    private static Column own(String kinds) {
        return expr(
                "array_distinct(transform(filter(found, one -> one.kind IN (" + kinds + ")), one -> one.alias_hash))");
    }

    /**
     * History as those keys share it: each row under every key that it may count for, in the column {@code for_key}. Which of
     * them do, {@link SubjectAnswers#counting} says.
     *
     * @param history rows of history
     * @param keys rows with {@code lookup_key}
     * @param known what {@link #of} said of them
     */
    public static Dataset<Row> share(Dataset<Row> history, Dataset<Row> keys, Dataset<Row> known) {
        Dataset<Row> others = known.where(col("subject").isNotNull())
                .join(keys.select("lookup_key"), new String[] {"lookup_key"}, "left_semi")
                .select(col("lookup_key").as("for_key"), col("subject").as("lookup_key"), expr("false AS own"));
        Dataset<Row> all = keys.select(col("lookup_key").as("for_key"), col("lookup_key"), expr("true AS own"))
                .unionByName(others);
        return history.join(all, "lookup_key")
                .where(col("own").or(col("outcome").notEqual("FAILED")))
                .drop("own");
    }
}
