package io.tributary.jobs.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.tributary.jobs.ask.ShippedCatalog;
import io.tributary.jobs.golden.CrmState;
import io.tributary.jobs.golden.GoldenRows;
import io.tributary.jobs.golden.GoldenStep;
import io.tributary.jobs.plan.LaterRounds;
import io.tributary.jobs.plan.PlanStep;
import io.tributary.jobs.plan.Priority;
import io.tributary.jobs.read.MissingRecords;
import io.tributary.jobs.read.ReadResult;
import io.tributary.jobs.table.Lake;
import io.tributary.model.EntityKind;
import io.tributary.quota.Caps;
import io.tributary.settings.Settings;
import io.tributary.yaml.FaultsException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What one night knows once the extracts are read: the state of the CRM, the plan, and what becomes of both. */
final class Night {
    private final Settings settings;
    private final Wiring wiring;
    private final SparkSession spark;
    private final Lake lake;
    private final ShippedCatalog catalog;
    private final String runId;
    private final Instant asOf;
    private final ReadResult read;
    private final Staging staging;
    private final Map<EntityKind, Dataset<Row>> state = new EnumMap<>(EntityKind.class);
    private final List<String> notices = new ArrayList<>();

    Night(
            Settings settings,
            SparkSession spark,
            Lake lake,
            ShippedCatalog catalog,
            String runId,
            Instant asOf,
            ReadResult read,
            Staging staging) {
        this.settings = settings;
        this.wiring = new Wiring(settings);
        this.spark = spark;
        this.lake = lake;
        this.catalog = catalog;
        this.runId = runId;
        this.staging = staging;
        this.asOf = asOf;
        this.read = read;
        for (EntityKind entity : EntityKind.values()) {
            MissingRecords missing = MissingRecords.of(lake.golden(entity).read(spark), read, settings.sources());
            state.put(
                    entity,
                    staging.put(
                            "crm-" + entity.id(),
                            new CrmState(spark, lake).of(entity, read.rows(), missing.records())));
            missing.notices().stream()
                    .filter(notice -> !notices.contains(notice))
                    .forEach(notices::add);
        }
    }

    /** What this run may spend. */
    Caps caps() {
        return new Spending(settings, spark, lake, catalog).caps(asOf);
    }

    /**
     * Plans.
     *
     * @throws FaultsException if {@code budget.first} does not fit what was read
     */
    Dataset<Row> planned(Caps caps) {
        Dataset<Row> records = state.get(EntityKind.PERSON).unionByName(state.get(EntityKind.COMPANY));
        Optional<Priority> first =
                settings.budget().first().map(expression -> new Priority(expression, carriedTypes()));
        first.ifPresent(order -> order.check(spark, records.schema()));
        Dataset<Row> planned = new PlanStep(
                        spark, lake, catalog, settings.limits().buckets())
                .run(records, wiring.withheld(), runId, asOf, caps.allowance(), first);
        return staging.put("planned", planned);
    }

    /** The rounds after the plan's own; empty where nothing bounds the budget. */
    Optional<LaterRounds> laterRounds(Dataset<Row> planned, Caps caps) {
        return caps.allowance().isUnlimited()
                ? Optional.empty()
                : Optional.of(new LaterRounds(spark, lake, staging::put, runId, planned, caps.allowance()));
    }

    Void commitPlan(Dataset<Row> planned, RunLog log) {
        notices.forEach(log::note);
        log.read(read.rows().count(), read.rejects().count());
        Column status = when(col("decision").equalTo("WORK"), lit("planned")).otherwise(lit("deferred"));
        Dataset<Row> work =
                planned.where(col("decision").isin("WORK", "DEFERRED")).withColumn("status", status);
        lake.work().append(work, "tributary-work-" + runId, 1);
        lake.rejects().append(read.rejects().withColumn("run_id", lit(runId)), "tributary-rejects-" + runId, 1);
        return null;
    }

    void merge(Dataset<Row> planned, RunLog log) {
        for (EntityKind entity : EntityKind.values()) {
            GoldenRows rows = new GoldenRows(
                    entity, settings.merge(), settings.waterfall().get(entity), wiring.freshness(), asOf, runId);
            GoldenStep.Result result =
                    new GoldenStep(spark, lake).run(entity, state.get(entity), planned, carried(entity), rows);
            log.merged(entity == EntityKind.PERSON ? "contacts" : "accounts", result);
        }
    }

    /** The CRM's own columns, those of earlier nights too. */
    private List<GoldenStep.Carried> carried(EntityKind entity) {
        List<GoldenStep.Carried> carried = new ArrayList<>(new CrmState(spark, lake).carriedBefore(entity));
        read.carried().stream()
                .filter(column -> entityOf(column.source()) == entity)
                .map(column -> new GoldenStep.Carried(column.name(), column.type(), column.header()))
                .forEach(carried::add);
        return carried;
    }

    /** Their types by name; text where a name has two. */
    private Map<String, String> carriedTypes() {
        Map<String, String> types = new TreeMap<>();
        for (EntityKind entity : EntityKind.values()) {
            carried(entity)
                    .forEach(column -> types.merge(
                            column.column(), column.type(), (one, other) -> one.equals(other) ? one : "STRING"));
        }
        return types;
    }

    private EntityKind entityOf(String source) {
        return settings.sources().stream()
                .filter(one -> one.name().equals(source))
                .map(one -> one.object().entity())
                .findFirst()
                .orElseThrow();
    }
}
