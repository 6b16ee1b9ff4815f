package io.tributary.jobs.explain;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.tributary.jobs.StoppedException;
import io.tributary.jobs.golden.GoldenAgain;
import io.tributary.jobs.identities.KnownAs;
import io.tributary.jobs.plan.SuppressedKeys;
import io.tributary.jobs.table.Lake;
import io.tributary.jobs.table.LakeTable;
import io.tributary.journal.EntryKeys;
import io.tributary.merge.FieldRules;
import io.tributary.model.EntityKind;
import io.tributary.model.LookupKey;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Tells how a golden record came to be. It reads the one row, the buckets of history that its keys lie in, and what the
 * newest runs planned; it writes nothing, asks nobody, and needs no key of any provider.
 */
public final class Explain {
    /** An older plan says nothing about tonight. */
    private static final Duration LATE = Duration.ofDays(60);

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyyMMdd").withZone(ZoneOffset.UTC);

    private final SparkSession spark;
    private final Lake lake;
    private final FieldRules rules;
    private final Map<EntityKind, List<String>> waterfall;
    private final int buckets;
    private final Instant now;

    /**
     * @param rules those of today
     * @param buckets into which the keys of this lake are cut
     * @param now the wall clock
     */
    public Explain(
            SparkSession spark,
            Lake lake,
            FieldRules rules,
            Map<EntityKind, List<String>> waterfall,
            int buckets,
            Instant now) {
        this.spark = spark;
        this.lake = lake;
        this.rules = rules;
        this.waterfall = Map.copyOf(waterfall);
        this.buckets = buckets;
        this.now = now;
    }

    /**
     * The story of a record.
     *
     * @throws StoppedException if there is no such record, or more than one
     */
    public RecordStory of(RecordId id) {
        Row golden = golden(id);
        EntityKind entity = id.entity();
        Optional<String> key = Optional.ofNullable(golden.getAs("_lookup_key"));
        List<String> aliases =
                golden.getAs("_aliases") == null ? List.of() : golden.<String>getList(golden.fieldIndex("_aliases"));
        Dataset<Row> record = record(golden);
        List<String> subjects = subjects(key, aliases, record);
        List<Row> history = history(key, aliases, subjects);
        List<AnswerStory> answers = history.stream()
                .map(row -> AnswerStory.of(entity, row))
                .sorted(Comparator.comparing(AnswerStory::fetchedAt).thenComparing(AnswerStory::responseId))
                .toList();
        Optional<String> suppression = suppression(entity, golden);
        List<String> order = waterfall.getOrDefault(entity, List.of());
        List<Row> own = history.stream()
                .filter(row -> key.filter(row.getAs("lookup_key")::equals).isPresent()
                        || subjects.contains(row.<String>getAs("lookup_key")) && KnownAs.isShared(row.getAs("outcome")))
                .filter(row -> row.getAs("carried_by") == null || order.contains(row.<String>getAs("provider")))
                .toList();
        GoldenAgain.Remade remade = new GoldenAgain(entity, rules, order).of(golden, own, suppression.isPresent());
        Map<String, String> crm =
                golden.getAs("_crm") == null ? Map.of() : golden.getJavaMap(golden.fieldIndex("_crm"));
        return new RecordStory(
                id.table(),
                golden.getAs("_crm_source"),
                golden.getAs("_crm_object"),
                golden.getAs("_crm_id"),
                key,
                aliases,
                text(golden, "_life_cycle"),
                text(golden, "enrichment_status"),
                text(golden, "enrichment_reason"),
                Optional.ofNullable(golden.<Timestamp>getAs("next_refresh_at")).map(Timestamp::toInstant),
                text(golden, "_run_id"),
                suppression,
                new FieldStories(
                                entity,
                                rules,
                                order,
                                crm,
                                remade,
                                answers.stream()
                                        .filter(answer ->
                                                key.filter(answer.key()::equals).isPresent()
                                                        || subjects.contains(answer.key()))
                                        .toList(),
                                suppression.isPresent())
                        .all(),
                answers,
                key.flatMap(this::plan));
    }

    /** Whose answers count for it too. Most records are known by one key only, which a plain read tells. */
    private List<String> subjects(Optional<String> key, List<String> aliases, Dataset<Row> record) {
        if (key.isEmpty() || !lake.identities().exists(spark)) {
            return List.of();
        }
        Object[] hashes = Stream.concat(key.stream(), aliases.stream())
                .map(EntryKeys::hash)
                .toArray();
        Column linked = col("alias_hash").isin(hashes).and(col("lookup_key").notEqual(key.get()));
        if (lake.identities().read(spark).where(linked).isEmpty()) {
            return List.of();
        }
        return KnownAs.of(spark, lake, record)
                .where(col("subject").isNotNull())
                .select("subject")
                .as(Encoders.STRING())
                .collectAsList();
    }

    private static String text(Row row, String column) {
        String text = row.getAs(column);
        return text == null ? "" : text;
    }

    private Row golden(RecordId id) {
        LakeTable table = lake.golden(id.entity());
        if (!table.exists(spark)) {
            throw new StoppedException("there is no table " + id.table() + " yet; a nightly makes it");
        }
        Column same = col("_crm_id").equalTo(id.id());
        if (id.source().isPresent()) {
            same = same.and(col("_crm_source").equalTo(id.source().get()));
        }
        if (id.object().isPresent()) {
            same = same.and(col("_crm_object").equalTo(id.object().get()));
        }
        List<Row> found = table.read(spark)
                .where(same)
                .select(java.util.Arrays.stream(table.schema().fieldNames())
                        .map(name -> col("`" + name + "`"))
                        .toArray(Column[]::new))
                .limit(10)
                .collectAsList();
        if (found.isEmpty()) {
            throw new StoppedException(id.table() + " has no record with the id " + id.id()
                    + id.source().map(source -> " of " + source).orElse("")
                    + "; ids are those of the CRM, as they stand in _crm_id");
        }
        if (found.size() > 1) {
            throw new StoppedException(id.table() + " has several records with the id " + id.id() + ": "
                    + found.stream()
                            .map(row -> row.getAs("_crm_source") + " " + row.getAs("_crm_object"))
                            .sorted()
                            .collect(Collectors.joining(", "))
                    + ". Add --source or --object");
        }
        return found.get(0);
    }

    /** All about these keys, from the partitions that they lie in. */
    private List<Row> history(Optional<String> key, List<String> aliases, List<String> subjects) {
        List<String> keys = new ArrayList<>(aliases);
        keys.addAll(subjects);
        key.ifPresent(keys::add);
        TreeSet<Integer> places = keys.stream()
                .map(text -> LookupKey.parse(text).bucket(buckets))
                .collect(Collectors.toCollection(TreeSet::new));
        return told().where(col("bucket").isin(places.toArray()))
                .where(col("lookup_key").isin(keys.toArray()))
                .collectAsList();
    }

    /** Bodies are long, and nothing of the story stands in them that is not in other columns. */
    private Dataset<Row> told() {
        return lake.history().read(spark).drop("raw_body");
    }

    private Optional<String> suppression(EntityKind entity, Row golden) {
        if (!lake.suppressions().exists(spark)) {
            return Optional.empty();
        }
        Dataset<Row> record = record(golden).withColumn("entity", lit(entity.id()));
        return SuppressedKeys.reasons(spark, lake, record).stream().findFirst();
    }

    /** As plans and merges see it. */
    private Dataset<Row> record(Row golden) {
        return spark.createDataFrame(List.of(golden), golden.schema())
                .select(
                        col("_lookup_key").as("lookup_key"),
                        col("_aliases").as("aliases"),
                        col("_inputs").as("inputs"));
    }

    private Optional<RecordStory.Plan> plan(String key) {
        if (!lake.work().exists(spark)) {
            return Optional.empty();
        }
        return lake
                .work()
                .read(spark)
                // Ids of runs sort by time.
                .where(col("run_id").geq(DAY.format(now.minus(LATE))))
                .where(col("bucket").equalTo(LookupKey.parse(key).bucket(buckets)))
                .where(col("lookup_key").equalTo(key).and(col("status").notEqual("listed")))
                .select("run_id", "status", "reason", "asks")
                .collectAsList()
                .stream()
                // A later round of the budget asks what the plan deferred.
                .max(Comparator.comparing((Row row) -> row.getString(0)).thenComparing(row -> row.getString(1)))
                .map(row -> new RecordStory.Plan(
                        row.getString(0),
                        row.getString(1),
                        row.isNullAt(2) ? "" : row.getString(2),
                        row.isNullAt(3)
                                ? List.of()
                                : row.<Row>getList(3).stream()
                                        .map(ask -> ask.<String>getAs("provider"))
                                        .toList()));
    }
}
