package io.tributary.jobs.explain;

import io.tributary.jobs.StoppedException;
import io.tributary.jobs.golden.GoldenAgain;
import io.tributary.jobs.identities.OneSubject;
import io.tributary.jobs.plan.SuppressedKeys;
import io.tributary.jobs.table.Lake;
import io.tributary.jobs.table.LakeTable;
import io.tributary.jobs.table.RowLookup;
import io.tributary.jobs.table.RowLookup.OneOf;
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
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;

/**
 * Tells how a golden record came to be. It reads the one row, the buckets of history that its keys lie in, and what the
 * newest runs planned; it writes nothing, asks nobody, and needs no key of any provider.
 */
public final class Explain {
    /** An older plan says nothing about tonight. */
    private static final Duration LATE = Duration.ofDays(60);

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyyMMdd").withZone(ZoneOffset.UTC);

    private final RowLookup lookups;
    private final Lake lake;
    private final FieldRules rules;
    private final Map<EntityKind, List<String>> waterfall;
    private final int buckets;
    private final Instant now;

    /**
     * @param lookups on that lake
     * @param rules those of today
     * @param buckets into which the keys of this lake are cut
     * @param now the wall clock
     */
    public Explain(
            RowLookup lookups,
            Lake lake,
            FieldRules rules,
            Map<EntityKind, List<String>> waterfall,
            int buckets,
            Instant now) {
        this.lookups = lookups;
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
        Set<String> subjects =
                key.map(own -> OneSubject.knownAs(lookups, lake, own, aliases)).orElse(Set.of());
        List<Row> history = history(key, aliases, subjects);
        List<AnswerStory> answers = history.stream()
                .map(row -> AnswerStory.of(entity, row))
                .sorted(Comparator.comparing(AnswerStory::fetchedAt).thenComparing(AnswerStory::responseId))
                .toList();
        Optional<String> suppression = key.flatMap(own -> suppression(entity, golden, own, aliases));
        List<String> order = waterfall.getOrDefault(entity, List.of());
        List<Row> own = history.stream()
                .filter(row -> key.filter(row.getAs("lookup_key")::equals).isPresent()
                        || subjects.contains(row.<String>getAs("lookup_key")))
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

    private static String text(Row row, String column) {
        String text = row.getAs(column);
        return text == null ? "" : text;
    }

    private Row golden(RecordId id) {
        LakeTable table = lake.golden(id.entity());
        List<OneOf> same = new ArrayList<>(List.of(OneOf.of("_crm_id", List.of(id.id()))));
        id.source().ifPresent(source -> same.add(OneOf.of("_crm_source", List.of(source))));
        id.object().ifPresent(object -> same.add(OneOf.of("_crm_object", List.of(object))));
        List<Row> found = lookups.find(table, same, List.of(table.schema().fieldNames()))
                .orElseThrow(
                        () -> new StoppedException("there is no table " + id.table() + " yet; a nightly makes it"));
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

    /**
     * All about these keys, from the partitions that they lie in. Bodies are long, and nothing of the story stands in them that is
     * not in other columns.
     */
    private List<Row> history(Optional<String> key, List<String> aliases, Set<String> subjects) {
        Set<String> keys = new TreeSet<>(aliases);
        keys.addAll(subjects);
        key.ifPresent(keys::add);
        Set<Integer> places =
                keys.stream().map(text -> LookupKey.parse(text).bucket(buckets)).collect(Collectors.toSet());
        List<String> told = Stream.of(lake.history().schema().fieldNames())
                .filter(column -> !column.equals("raw_body"))
                .toList();
        return lookups.find(lake.history(), List.of(OneOf.of("bucket", places), OneOf.of("lookup_key", keys)), told)
                .orElse(List.of());
    }

    private Optional<String> suppression(EntityKind entity, Row golden, String key, List<String> aliases) {
        Map<String, String> inputs =
                golden.getAs("_inputs") == null ? Map.of() : golden.getJavaMap(golden.fieldIndex("_inputs"));
        return SuppressedKeys.reasons(lookups, lake, entity, key, aliases, inputs).stream()
                .findFirst();
    }

    private Optional<RecordStory.Plan> plan(String key) {
        String recent = DAY.format(now.minus(LATE));
        return lookups
                .find(
                        lake.work(),
                        List.of(
                                OneOf.of("bucket", List.of(LookupKey.parse(key).bucket(buckets))),
                                OneOf.of("lookup_key", List.of(key))),
                        List.of("run_id", "status", "reason", "asks"))
                .orElse(List.of())
                .stream()
                // Ids of runs sort by time.
                .filter(row -> row.getString(0).compareTo(recent) >= 0
                        && !row.getString(1).equals("listed"))
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
