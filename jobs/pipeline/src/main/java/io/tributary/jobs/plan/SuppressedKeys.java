package io.tributary.jobs.plan;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.not;

import io.tributary.identity.Listable;
import io.tributary.jobs.table.Lake;
import io.tributary.jobs.table.RowLookup;
import io.tributary.journal.EntryKeys;
import io.tributary.model.EntityKind;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * The keys that nobody may be asked about, because an identifier of a record under that key is listed in {@code
 * suppressions}: the key itself, an alias, an address, page or line that would be sent along, or the domain at which a person
 * works. One listed identifier is enough, whichever record of the key it stands in.
 */
public final class SuppressedKeys {
    /** Why an entry is there that a provider's answer brought: it is about one key, and not about whoever works there. */
    public static final String OPT_OUT = "opt_out";

    private static final StructType NAMED = StructType.fromDDL("lookup_key STRING, hash STRING, employer BOOLEAN");

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
     * Why a record is listed.
     *
     * @param lookups on the same lake
     * @return the reasons of the entries, in alphabetical order
     */
    public static List<String> reasons(
            RowLookup lookups,
            Lake lake,
            EntityKind entity,
            String key,
            Collection<String> aliases,
            Map<String, String> inputs) {
        Map<String, Boolean> named = Listable.of(entity, key, aliases, inputs).stream()
                .collect(Collectors.toMap(
                        each -> EntryKeys.hash(each.text()), Listable::employer, (one, other) -> one && other));
        return lookups.find(lake.suppressions(), List.of(), List.of("key_hash", "reason")).orElse(List.of()).stream()
                // As a join passes over it: the list may have been filled by hand.
                .filter(entry -> !entry.isNullAt(0))
                .filter(entry -> {
                    Boolean employer = named.get(entry.getString(0).strip().toLowerCase(Locale.ROOT));
                    return employer != null && !(employer && OPT_OUT.equals(entry.getString(1)));
                })
                .map(entry -> entry.isNullAt(1) ? "" : entry.getString(1))
                .distinct()
                .sorted()
                .toList();
    }

    /** {@code lookup_key}, the {@code hash} of one identifier, and whether that is the {@code employer} and not the person. */
    private static Dataset<Row> identifiers(Dataset<Row> records) {
        return records.where(col("lookup_key").isNotNull())
                .select("entity", "lookup_key", "aliases", "inputs")
                .flatMap((FlatMapFunction<Row, Row>) SuppressedKeys::named, Encoders.row(NAMED));
    }

    private static Iterator<Row> named(Row record) {
        String key = record.getString(1);
        List<String> aliases = record.isNullAt(2) ? List.of() : record.getList(2);
        Map<String, String> inputs = record.isNullAt(3) ? Map.of() : record.getJavaMap(3);
        return Listable.of(EntityKind.of(record.getString(0)), key, aliases, inputs).stream()
                .map(each -> RowFactory.create(key, EntryKeys.hash(each.text()), each.employer()))
                .iterator();
    }
}
