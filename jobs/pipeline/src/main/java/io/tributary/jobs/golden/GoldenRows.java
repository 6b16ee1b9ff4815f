package io.tributary.jobs.golden;

import io.tributary.identity.Options;
import io.tributary.jobs.read.TypedProfile;
import io.tributary.jobs.table.GoldenTable;
import io.tributary.merge.FieldLineage;
import io.tributary.merge.FieldRules;
import io.tributary.merge.FreshnessPolicy;
import io.tributary.merge.Merged;
import io.tributary.merge.NextLook;
import io.tributary.merge.SubjectAnswers;
import io.tributary.model.EntityKind;
import io.tributary.model.Field;
import io.tributary.model.LookupKey;
import io.tributary.model.Profile;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Turns one CRM row, what history says of its key and what the run decided about it into one golden row, on executors.
 * The rules are pure; this class only moves values in and out of rows.
 */
public final class GoldenRows implements MapPartitionsFunction<Row, Row> {
    private static final long serialVersionUID = 1L;

    private final EntityKind entity;
    private final FieldRules rules;
    private final RecordMerge merge;
    private final Map<String, FreshnessPolicy> freshness;
    private final NextLook nextLook;
    private final Instant asOf;
    private final String runId;
    private final Moves moves;
    private final StructType schema;

    /**
     * @param waterfall the providers of this entity, first to last
     * @param freshness the policy of each provider in the waterfall
     */
    public GoldenRows(
            EntityKind entity,
            FieldRules rules,
            List<String> waterfall,
            Map<String, FreshnessPolicy> freshness,
            Instant asOf,
            String runId) {
        this(entity, rules, waterfall, freshness, Set.of(), asOf, runId, new Options(false));
    }

    /**
     * @param waterfall the providers of this entity, first to last
     * @param freshness the policy of each provider in the waterfall
     * @param ages how long wanted fields count that have a bound of their own
     * @param options how identifiers are judged
     */
    public GoldenRows(
            EntityKind entity,
            FieldRules rules,
            List<String> waterfall,
            Map<String, FreshnessPolicy> freshness,
            Set<Duration> ages,
            Instant asOf,
            String runId,
            Options options) {
        this.entity = entity;
        this.rules = rules;
        this.merge = new RecordMerge(entity, rules, waterfall);
        this.freshness = Map.copyOf(freshness);
        this.nextLook = new NextLook(freshness, Set.copyOf(waterfall), ages);
        this.asOf = asOf;
        this.runId = runId;
        this.moves = new Moves(options);
        this.schema = withLineageEntries(GoldenTable.schema(entity))
                .add("carried", DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType))
                .add("changed", DataTypes.BooleanType)
                .add("moved", DataTypes.BooleanType)
                .add("filled_before", DataTypes.LongType)
                .add("filled_after", DataTypes.LongType);
    }

    /** The providers of this entity, first to last. */
    List<String> waterfall() {
        return merge.waterfall();
    }

    private static StructType withLineageEntries(StructType golden) {
        StructType entries = new StructType();
        for (StructField field : golden.fields()) {
            entries = field.name().equals("_lineage")
                    ? entries.add(
                            "_lineage",
                            DataTypes.createArrayType(new StructType()
                                    .add("key", DataTypes.StringType)
                                    .add("value", GoldenTable.lineage())))
                    : entries.add(field);
        }
        return entries;
    }

    /** The golden columns (the lineage as entries), then {@code carried}, {@code changed}, {@code moved} and the two counts of filled cells. */
    StructType schema() {
        return schema;
    }

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public Row next() {
                return golden(rows.next());
            }
        };
    }

    private Row golden(Row row) {
        Profile crm = TypedProfile.of(entity, row.getJavaMap(row.fieldIndex("crm")));
        List<Said> said = said(row);
        GoldenStatus status = GoldenStatus.of(row, said, freshness, asOf);
        Map<Field, FieldLineage> before = previousLineage(row);
        Merged merged = merge.of(crm, before, said, status.suppressed());
        boolean moved = entity == EntityKind.PERSON && !status.suppressed() && moves.told(crm, before, said);

        Map<String, Object> values = new HashMap<>();
        values.put("_crm_source", row.getAs("source"));
        values.put("_crm_object", row.getAs("object"));
        values.put("_crm_id", row.getAs("record_id"));
        for (Field field : Field.of(entity)) {
            Object value = merged.values().get(field);
            values.put(field.column(), value instanceof Collection<?> list ? list.toArray() : value);
        }
        values.put("enrichment_status", status.status());
        values.put("enrichment_reason", moved && status.reason().isEmpty() ? Moves.REASON : status.reason());
        values.put("enriched_at", merged.enrichedAt().map(Timestamp::from).orElse(null));
        values.put("enrichment_source", merged.sources().toArray(String[]::new));
        values.put(
                "enrichment_confidence",
                merged.confidence().isPresent() ? merged.confidence().getAsDouble() : null);
        values.put("next_refresh_at", status.nextRefresh().map(Timestamp::from).orElse(null));
        values.put("_look_again_at", nextLook(row, said, status));
        values.put("_lineage", LineageRows.text(merged, rules));
        for (String name : List.of("lookup_key", "company_key", "life_cycle", "account_id", "row_hash")) {
            values.put("_" + name, row.getAs(name));
        }
        int aliases = row.fieldIndex("aliases");
        values.put(
                "_aliases",
                row.isNullAt(aliases)
                        ? new String[0]
                        : row.<String>getList(aliases).toArray(String[]::new));
        values.put("_deleted_at", deletedAt(row));
        String hash = contentHash(values, maps(row));
        values.put("_lineage", LineageRows.entries(merged, rules));
        values.put("_inputs", row.getAs("inputs"));
        values.put("_crm", row.getAs("crm"));
        values.put("_content_hash", hash);
        values.put("_source_extract", row.getAs("extract"));
        values.put("_extracted_at", row.getAs("extracted_at"));
        values.put("_run_id", runId);
        values.put("carried", row.getAs("carried"));
        values.put("changed", !Objects.equals(hash, row.getAs("previous_hash")));
        values.put("moved", moved);
        values.put("filled_before", (long) crm.values().size());
        values.put("filled_after", (long) merged.values().size());
        Object[] cells = new Object[schema.size()];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = values.get(schema.fieldNames()[i]);
        }
        return RowFactory.create(cells);
    }

    private Timestamp nextLook(Row row, List<Said> said, GoldenStatus status) {
        String key = row.getAs("lookup_key");
        return key == null || status.suppressed()
                ? null
                : nextLook.after(
                                asOf,
                                LookupKey.parse(key),
                                said.stream().map(Said::heard).toList())
                        .map(Timestamp::from)
                        .orElse(null);
    }

    private List<Said> said(Row row) {
        List<Said> said = new ArrayList<>();
        int index = row.fieldIndex("answers");
        if (!row.isNullAt(index)) {
            for (Object each : row.getList(index)) {
                said.add(Said.of(entity, (Row) each));
            }
        }
        return Said.newest(SubjectAnswers.counting(row.getAs("lookup_key"), said));
    }

    private Map<Field, FieldLineage> previousLineage(Row row) {
        int index = row.fieldIndex("previous_lineage");
        return row.isNullAt(index) ? Map.of() : LineageRows.read(entity, row.getJavaMap(index));
    }

    /** Gone from the CRM since the first run that saw it gone; a record that comes back is live again. */
    private Timestamp deletedAt(Row row) {
        if (!"deleted".equals(row.getAs("life_cycle"))) {
            return null;
        }
        Timestamp since = row.getAs("previous_deleted_at");
        return since == null ? Timestamp.from(asOf) : since;
    }

    private static List<Map<String, String>> maps(Row row) {
        return List.of(
                row.getJavaMap(row.fieldIndex("inputs")),
                row.getJavaMap(row.fieldIndex("crm")),
                row.getJavaMap(row.fieldIndex("carried_typed")));
    }

    /** A hash of the row's content: of all that a reader would call a change, and nothing that each run changes. */
    private static String contentHash(Map<String, Object> values, List<Map<String, String>> maps) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(values).forEach((name, value) -> text.append(name)
                .append('=')
                .append(value instanceof Object[] array ? java.util.Arrays.toString(array) : value)
                .append('\u0001'));
        for (Map<String, String> map : maps) {
            text.append(new TreeMap<>(map)).append('\u0001');
        }
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
