package io.tributary.jobs.plan;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_except;
import static org.apache.spark.sql.functions.arrays_overlap;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.tributary.jobs.table.Lake;
import io.tributary.model.EntityKind;
import io.tributary.model.KeyKind;
import io.tributary.order.HitRates;
import io.tributary.order.Segment;
import io.tributary.order.Tally;
import io.tributary.wanted.WantedFields;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What the providers found and cost so far, segment by segment, as history tells it on one day. It is read once for a plan.
 * Stays on the driver; immutable.
 */
public final class MeasuredPast {
    /** What was found longer ago says little of today; and a night should not read all of history. */
    private static final Duration REMEMBERED = Duration.ofDays(365);

    private static final String EMPLOYEES =
            "coalesce(%s, try_cast(regexp_extract(replace(%s, ',', ''), '[0-9]+', 0) AS BIGINT))";

    private final Dataset<Row> sizes;
    private final Map<EntityKind, HitRates> rates;

    private MeasuredPast(Dataset<Row> sizes, Map<EntityKind, HitRates> rates) {
        this.sizes = sizes;
        this.rates = rates;
    }

    /**
     * Measures.
     *
     * @param history rows of history
     * @param records what the CRM says of the keys; several may share one
     * @param listed by provider the most credits that an ask about such a subject can cost
     * @param wanted what makes an answer a hit: that it has one of these fields, and enough: that it has all. Where nothing is
     *     wanted of an entity, every answer with data is both
     * @param asOf the last day counts as far as it goes, the first as a whole: so a plan that is made again a minute later is the
     *     same, if no answer came between
     */
    public static MeasuredPast of(
            Dataset<Row> history,
            Dataset<Row> records,
            Map<EntityKind, Map<String, Double>> listed,
            WantedFields wanted,
            Instant asOf,
            Stage stage) {
        Instant from = asOf.truncatedTo(ChronoUnit.DAYS).minus(REMEMBERED);
        Dataset<Row> past = history.where(col("fetched_at").geq(Timestamp.from(from)));
        Dataset<Row> sizes = stage.put("company-sizes", sizes(past, records));
        Map<EntityKind, List<HitRates.Count>> counts = new EnumMap<>(EntityKind.class);
        counts(past, records, sizes, wanted).collectAsList().forEach(row -> {
            EntityKind entity = EntityKind.of(row.getAs("entity"));
            counts.computeIfAbsent(entity, one -> new ArrayList<>()).add(counted(row));
        });
        Map<EntityKind, HitRates> rates = new EnumMap<>(EntityKind.class);
        listed.forEach(
                (entity, prices) -> rates.put(entity, new HitRates(prices, counts.getOrDefault(entity, List.of()))));
        return new MeasuredPast(sizes, Collections.unmodifiableMap(rates));
    }

    /** What was measured of the providers of one entity's waterfall. */
    public HitRates of(EntityKind entity) {
        return rates.get(entity);
    }

    /** Keys with {@code country} and {@code company_size}, as they are known now. */
    Dataset<Row> withSegments(Dataset<Row> keys) {
        Dataset<Row> sized = keys.withColumn("domain", Segments.domain())
                .join(sizes.select("domain", "employees"), new String[] {"domain"}, "left")
                .drop("domain");
        return Segments.of(sized);
    }

    /**
     * How many people work at a domain, and since when that is known: {@code domain, since, employees}. Who is found brings his
     * company along, so what an answer told counts only for asks after it; else every such company would be one of a hit.
     */
    private static Dataset<Row> sizes(Dataset<Row> history, Dataset<Row> records) {
        Dataset<Row> told = history.where("entity = 'company' AND outcome IN ('MATCHED', 'PARTIAL')")
                .where("lookup_key LIKE 'domain:%'")
                .select(
                        expr("substring(lookup_key, 8)").as("domain"),
                        col("fetched_at"),
                        expr(String.format(EMPLOYEES, "company.employee_count", "company.employee_range"))
                                .as("employees"));
        Dataset<Row> said = records.where("entity = 'company'")
                .select(
                        Segments.domain().as("domain"),
                        lit(Timestamp.from(Instant.EPOCH)).as("fetched_at"),
                        expr(String.format(
                                        EMPLOYEES,
                                        "try_cast(crm['employee_count'] AS BIGINT)",
                                        "crm['employee_range']"))
                                .as("employees"));
        return told.unionByName(said)
                .where("domain IS NOT NULL AND employees > 0")
                .groupBy("domain")
                .agg(
                        min(col("fetched_at")).as("since"),
                        max_by(col("employees"), expr("struct(fetched_at, employees)"))
                                .as("employees"));
    }

    /**
     * First asks alone: one that is repeated was known to be worth it. Neither what came along with other answers nor what was
     * bought elsewhere, for nobody counted how often that was nothing.
     */
    private static Dataset<Row> counts(
            Dataset<Row> history, Dataset<Row> records, Dataset<Row> sizes, WantedFields wanted) {
        Dataset<Row> inputs = records.where(col("lookup_key").isNotNull())
                .groupBy("lookup_key")
                .agg(max_by(col("inputs"), expr("struct(size(inputs), to_json(inputs))"))
                        .as("inputs"));
        Dataset<Row> asks = history.where(col("epoch")
                        .equalTo(0)
                        .and(col("carried_by").isNull())
                        .and(col("operation").notEqual(Lake.IMPORT))
                        .and(col("outcome").isin("MATCHED", "PARTIAL", "NOT_FOUND")))
                .select(
                        col("entity"),
                        col("provider"),
                        col("lookup_key"),
                        col("fetched_at"),
                        col("credits"),
                        isHit(wanted).as("hit"),
                        isEnough(wanted).as("enough"))
                .join(inputs, new String[] {"lookup_key"}, "left")
                .withColumn("domain", Segments.domain())
                .join(sizes, new String[] {"domain"}, "left")
                .withColumn("employees", when(col("since").lt(col("fetched_at")), col("employees")));
        return Segments.of(asks)
                .groupBy(
                        col("entity"),
                        col("provider"),
                        expr("substring_index(lookup_key, ':', 1)").as("kind"),
                        col("country"),
                        col("company_size"))
                .agg(
                        count(lit(1)).as("asked"),
                        sum(col("hit").cast("bigint")).as("hits"),
                        sum(col("hit").and(col("enough")).cast("bigint")).as("enough"),
                        sum(coalesce(col("credits"), lit(0.0))).as("credits"));
    }

    private static Column isHit(WantedFields wanted) {
        Column data = col("outcome").notEqual("NOT_FOUND");
        return data.and(ofEntity(wanted, fields -> coalesce(arrays_overlap(col("present"), fields), lit(false))));
    }

    private static Column isEnough(WantedFields wanted) {
        return ofEntity(
                wanted,
                fields -> coalesce(size(array_except(fields, col("present"))).equalTo(0), lit(false)));
    }

    /** True where nothing in particular is wanted of the row's entity. */
    private static Column ofEntity(WantedFields wanted, UnaryOperator<Column> holds) {
        Column says = lit(true);
        for (EntityKind entity : EntityKind.values()) {
            List<String> paths = wanted.of(entity).paths();
            if (!paths.isEmpty()) {
                Column fields = array(paths.stream()
                        .map(path -> lit(entity.id() + "." + path))
                        .toArray(Column[]::new));
                says = when(col("entity").equalTo(entity.id()), holds.apply(fields))
                        .otherwise(says);
            }
        }
        return says;
    }

    private static HitRates.Count counted(Row row) {
        return new HitRates.Count(
                row.getAs("provider"),
                new Segment(KeyKind.of(row.getAs("kind")), row.getAs("country"), row.getAs("company_size")),
                new Tally(
                        row.<Long>getAs("asked"),
                        row.<Long>getAs("hits"),
                        row.<Long>getAs("enough"),
                        row.<Double>getAs("credits")));
    }
}
