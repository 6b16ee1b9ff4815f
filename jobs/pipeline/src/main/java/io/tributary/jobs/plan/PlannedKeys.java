package io.tributary.jobs.plan;

import io.tributary.merge.SubjectAnswers;
import io.tributary.model.EntityKind;
import io.tributary.model.Identifiers;
import io.tributary.model.LookupKey;
import io.tributary.model.Outcome;
import io.tributary.order.AutoOrder;
import io.tributary.order.Segment;
import io.tributary.provider.Pending;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** Carries rows of keys and what is known of them through {@link KeyPlanner}, on executors. */
final class PlannedKeys implements MapPartitionsFunction<Row, Row> {
    private static final long serialVersionUID = 1L;

    /** One row for each key, with the decision about it. */
    static final StructType SCHEMA = StructType.fromDDL("entity STRING, lookup_key STRING, key_hash STRING, bucket INT,"
            + " inputs MAP<STRING, STRING>, aliases ARRAY<STRING>, decision STRING, reason STRING, withheld ARRAY<STRUCT<provider: STRING, reason: STRING>>,"
            + " asks ARRAY<STRUCT<provider: STRING, epoch: BIGINT, mode: STRING, operation: STRING, job_id: STRING, worst_credits: DOUBLE>>,"
            + " missing ARRAY<STRING>, country STRING, company_size STRING");

    private final ProviderCatalog catalog;
    private final Instant asOf;
    private final int buckets;
    private final HashMap<EntityKind, AutoOrder> orders;

    /** @param orders of the entities whose order is measured; needs rows with {@code country} and {@code company_size} */
    PlannedKeys(ProviderCatalog catalog, Instant asOf, int buckets, Map<EntityKind, AutoOrder> orders) {
        this.catalog = catalog;
        this.asOf = asOf;
        this.buckets = buckets;
        this.orders = new HashMap<>(orders);
    }

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        KeyPlanner planner = new KeyPlanner(catalog, asOf);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public Row next() {
                return planned(planner, rows.next());
            }
        };
    }

    private Row planned(KeyPlanner planner, Row row) {
        LookupKey key = LookupKey.parse(row.getAs("lookup_key"));
        EntityKind entity = EntityKind.of(row.getAs("entity"));
        Map<String, String> inputs = row.getJavaMap(row.fieldIndex("inputs"));
        Identifiers identifiers = identifiers(inputs);
        KeyPlan plan = row.<Boolean>getAs("suppressed")
                ? KeyPlan.without(KeyPlan.Decision.SUPPRESSED, "suppressed")
                : planner.plan(
                        new Question(
                                entity,
                                Optional.of(key),
                                identifiers,
                                withheld(row).keySet(),
                                row.isNullAt(row.fieldIndex("forced"))
                                        ? Set.of()
                                        : Set.copyOf(row.getList(row.fieldIndex("forced"))),
                                order(key, identifiers, row)),
                        SubjectAnswers.counting(key.text(), known(entity, row)));
        Map<String, String> reasons = withheld(row);
        Row[] withheld = plan.withheld().stream()
                .map(provider -> RowFactory.create(provider, reasons.get(provider)))
                .toArray(Row[]::new);
        List<Row> asks = new ArrayList<>();
        for (PlannedAsk ask : plan.asks()) {
            asks.add(RowFactory.create(
                    ask.provider(),
                    ask.epoch(),
                    ask.mode().id(),
                    ask.pending().map(Pending::operation).orElse(""),
                    ask.pending().map(Pending::jobId).orElse(""),
                    ask.worstCredits()));
        }
        return RowFactory.create(
                row.getAs("entity"),
                key.text(),
                row.getAs("key_hash"),
                key.bucket(buckets),
                row.getAs("inputs"),
                row.getAs("aliases"),
                plan.decision().name(),
                plan.reason(),
                withheld,
                asks.toArray(Row[]::new),
                plan.missing().toArray(String[]::new),
                row.getAs("country"),
                row.getAs("company_size"));
    }

    /** The measured order of this key; who can't be asked about it stands last, as an earlier ask may be pending there. */
    private Optional<List<String>> order(LookupKey key, Identifiers inputs, Row row) {
        EntityKind entity = key.kind().entity();
        AutoOrder auto = orders.get(entity);
        if (auto == null) {
            return Optional.empty();
        }
        List<String> listed = catalog.waterfall(entity);
        List<String> askable = listed.stream()
                .filter(provider -> catalog.operation(provider, entity, inputs).isPresent())
                .toList();
        Segment segment = new Segment(key.kind(), row.getAs("country"), row.getAs("company_size"));
        List<String> order = new ArrayList<>(auto.of(key, segment, askable));
        listed.stream().filter(provider -> !askable.contains(provider)).forEach(order::add);
        return Optional.of(order);
    }

    private static Map<String, String> withheld(Row row) {
        int index = row.fieldIndex("withheld");
        return row.isNullAt(index) ? Map.of() : row.getJavaMap(index);
    }

    private static List<KnownAnswer> known(EntityKind entity, Row row) {
        List<KnownAnswer> known = new ArrayList<>();
        if (!row.isNullAt(row.fieldIndex("known"))) {
            for (Object each : row.getList(row.fieldIndex("known"))) {
                Row answer = (Row) each;
                Double confidence = answer.getAs("confidence");
                String job = answer.getAs("job_id");
                known.add(new KnownAnswer(
                        answer.getAs("lookup_key"),
                        answer.getAs("provider"),
                        Outcome.valueOf(answer.getAs("outcome")),
                        confidence == null ? Double.NaN : confidence,
                        answer.<Timestamp>getAs("fetched_at").toInstant(),
                        answer.getAs("inputs_hash"),
                        answer.<Long>getAs("epoch"),
                        answer.getAs("operation"),
                        job == null ? "" : job,
                        WantedCells.profile(entity, answer.getList(answer.fieldIndex("wanted")))));
            }
        }
        return known;
    }

    /** The inputs of a row of {@code inputs}; names that this version does not know are left out. */
    static Identifiers identifiers(Map<String, String> inputs) {
        Map<Identifiers.Input, String> values = new EnumMap<>(Identifiers.Input.class);
        for (Identifiers.Input input : Identifiers.Input.values()) {
            String value = inputs.get(input.id());
            if (value != null) {
                values.put(input, value);
            }
        }
        return new Identifiers(values);
    }
}
