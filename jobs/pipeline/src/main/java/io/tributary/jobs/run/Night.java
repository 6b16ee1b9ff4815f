package io.tributary.jobs.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.tributary.jobs.ask.ShippedCatalog;
import io.tributary.jobs.golden.CrmState;
import io.tributary.jobs.golden.GoldenRows;
import io.tributary.jobs.golden.GoldenStep;
import io.tributary.jobs.plan.PlanStep;
import io.tributary.jobs.read.MissingRecords;
import io.tributary.jobs.read.ReadResult;
import io.tributary.jobs.table.Lake;
import io.tributary.model.EntityKind;
import io.tributary.settings.Settings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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

    Dataset<Row> planned() {
        Dataset<Row> records = state.get(EntityKind.PERSON).unionByName(state.get(EntityKind.COMPANY));
        Dataset<Row> planned = new PlanStep(
                        spark, lake, catalog, settings.limits().buckets())
                .run(records, wiring.withheld(), runId, asOf, wiring.caps());
        return staging.put("planned", planned);
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
            List<GoldenStep.Carried> carried = new ArrayList<>(new CrmState(spark, lake).carriedBefore(entity));
            read.carried().stream()
                    .filter(column -> entityOf(column.source()) == entity)
                    .map(column -> new GoldenStep.Carried(column.name(), column.type(), column.header()))
                    .forEach(carried::add);
            GoldenStep.Result result =
                    new GoldenStep(spark, lake).run(entity, state.get(entity), planned, carried, rows);
            log.merged(entity == EntityKind.PERSON ? "contacts" : "accounts", result);
        }
    }

    private EntityKind entityOf(String source) {
        return settings.sources().stream()
                .filter(one -> one.name().equals(source))
                .map(one -> one.object().entity())
                .findFirst()
                .orElseThrow();
    }
}
