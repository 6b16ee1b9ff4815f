package io.tributary.jobs.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.tributary.identity.Options;
import io.tributary.jobs.StoppedException;
import io.tributary.jobs.ask.ShippedCatalog;
import io.tributary.jobs.golden.CrmState;
import io.tributary.jobs.golden.FilledCells;
import io.tributary.jobs.golden.GoldenRows;
import io.tributary.jobs.golden.GoldenStep;
import io.tributary.jobs.identities.KnownAs;
import io.tributary.jobs.plan.Forced;
import io.tributary.jobs.plan.LaterRounds;
import io.tributary.jobs.plan.MeasuredPast;
import io.tributary.jobs.plan.PlanStep;
import io.tributary.jobs.plan.Priority;
import io.tributary.jobs.plan.SendWhen;
import io.tributary.jobs.read.ReadResult;
import io.tributary.jobs.table.ChangeFeed;
import io.tributary.jobs.table.Lake;
import io.tributary.model.EntityKind;
import io.tributary.order.AutoOrder;
import io.tributary.quota.Allowance;
import io.tributary.quota.Caps;
import io.tributary.settings.Settings;
import io.tributary.settings.SourceSettings;
import io.tributary.yaml.FaultsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What one night knows once the extracts are read: the state of the CRM, the plan, and what becomes of both. */
final class Night {
    private final RunScope scope;
    private final Settings settings;
    private final Wiring wiring;
    private final SparkSession spark;
    private final Lake lake;
    private final String runId;
    private final ReadResult read;
    private final NightRecords records;

    /** Whose answers are shared, as the plan saw it. */
    private Dataset<Row> knownAs;

    /** What the providers found so far; only where a plan needs it. */
    private Optional<MeasuredPast> past = Optional.empty();

    private Map<EntityKind, AutoOrder> orders = Map.of();

    /**
     * @param sources those that were read: of which a record that is not there any more counts as deleted
     */
    Night(RunScope scope, ReadResult read, List<SourceSettings> sources, Selection selection) {
        this(scope, read, sources, selection, Optional.empty());
    }

    /** The same of the records that are chosen. */
    Night(RunScope scope, ReadResult read, List<SourceSettings> sources, Looking looking) {
        this(scope, read, sources, Selection.ALL, Optional.of(looking));
    }

    private Night(
            RunScope scope,
            ReadResult read,
            List<SourceSettings> sources,
            Selection selection,
            Optional<Looking> looking) {
        this.scope = scope;
        this.settings = scope.settings();
        this.wiring = new Wiring(settings);
        this.spark = scope.spark();
        this.lake = scope.lake();
        this.runId = scope.runId();
        this.read = read;
        this.records = new NightRecords(scope, read, sources, selection, looking);
    }

    /** Whom it may ask. */
    ShippedCatalog catalog() {
        return scope.catalog();
    }

    /** What this run may spend. */
    Caps caps() {
        return new Spending(settings, spark, lake, catalog(), scope.others()).caps(scope.asOf());
    }

    /** What this run may spend if it goes on with another. */
    Caps capsAfter(String earlierRun) {
        return new Spending(settings, spark, lake, catalog(), scope.others()).capsAfter(earlierRun, scope.asOf());
    }

    /** Looks what the providers found so far, if nobody did yet: for a plan that is to say what it will come to. */
    Night measured() {
        if (past.isEmpty()) {
            MeasuredOrders measures = new MeasuredOrders(settings, catalog());
            MeasuredPast found =
                    measures.past(lake.history().read(spark), records.ofAllKeys(), scope.asOf(), scope.staging()::put);
            past = Optional.of(found);
            orders = measures.orders(found, scope.asOf());
        }
        return this;
    }

    /** What a plan comes to by what was measured; nothing if nothing was. */
    Foretold foretold(Dataset<Row> planned) {
        return past.map(found -> Foretold.of(planned, found, orders, catalog())).orElse(Foretold.NONE);
    }

    /**
     * Plans.
     *
     * @throws FaultsException if {@code budget.first} does not fit what was read
     */
    Dataset<Row> planned(Caps caps) {
        return planned(caps, ForceRefresh.NONE);
    }

    /**
     * Plans.
     *
     * @param force whose answers are passed over
     * @throws FaultsException if an expression of the settings or of {@code force} does not fit what was read
     */
    Dataset<Row> planned(Caps caps, ForceRefresh force) {
        Dataset<Row> records = this.records.all();
        knownAs = known(records);
        Optional<Priority> first =
                settings.budget().first().map(expression -> new Priority(expression, carriedTypes()));
        first.ifPresent(order -> order.check(spark, records.schema()));
        force.providers().stream()
                .filter(name -> !settings.providers().containsKey(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new StoppedException(
                            "--force-provider: the settings have no provider " + name + "; they have "
                                    + String.join(", ", settings.providers().keySet()));
                });
        Optional<Forced> forced = force.asked() ? Optional.of(forced(force)) : Optional.empty();
        forced.ifPresent(some -> some.check(spark, records.schema()));
        Optional<SendWhen> sendWhen = sendWhen();
        sendWhen.ifPresent(conditions -> conditions.check(spark, records.schema()));
        if (!settings.explored().isEmpty()) {
            measured();
        }
        PlanStep step = new PlanStep(spark, lake, catalog(), settings.limits().buckets());
        Dataset<Row> planned = past.map(found -> step.measured(found, orders))
                .orElse(step)
                .knownAs(knownAs)
                .forcing(forced)
                .sendWhen(sendWhen)
                .besides(scope.others().stream().map(LivingRun::runId).collect(Collectors.toSet()))
                .only(this.records.selectedKeys())
                .run(records, wiring.withheld(), runId, scope.asOf(), caps.allowance(), first);
        return scope.staging().put("planned", planned);
    }

    private Forced forced(ForceRefresh force) {
        Forced forced = new Forced(force.where(), force.keys(), force.providers(), carriedTypes());
        return force.answered().isEmpty()
                ? forced
                : forced.without(lake.history()
                        .read(spark)
                        .where(col("run_id").isin(force.answered().toArray()))
                        .select("lookup_key")
                        .distinct());
    }

    private Optional<SendWhen> sendWhen() {
        Map<String, SendWhen.Condition> conditions = new TreeMap<>();
        settings.providers().forEach((name, provider) -> provider.sendWhen()
                .ifPresent(text -> conditions.put(name, new SendWhen.Condition(text, provider.sendsUnknown()))));
        return conditions.isEmpty() ? Optional.empty() : Optional.of(new SendWhen(conditions, carriedTypes()));
    }

    /** What a person should know of a plan that is not carried out: of whom it says nothing, for nothing has changed. */
    List<String> planNotices() {
        List<String> told = new ArrayList<>(notices());
        long others = records.passedOver();
        if (others > 0) {
            told.add(String.format(
                    Locale.ROOT,
                    "%,d records are as the night before left them: they are not looked at again, and not counted here (--full"
                            + " counts all)",
                    others));
        }
        return told;
    }

    /** What a person should know of the plan, once it is made. */
    List<String> notices() {
        List<String> told = new ArrayList<>(records.notices());
        long conflicts = knownAs.where(col("conflict").isNotNull())
                .select("conflict")
                .distinct()
                .count();
        if (conflicts > 0) {
            told.add(String.format(
                    Locale.ROOT,
                    "%,d identifiers stand for more than one person or company, or for another than the record's: no answer"
                            + " is shared because of them",
                    conflicts));
        }
        return told;
    }

    /** What all records would cost in calls, under no cap. */
    CallCounts calls(double otherHitRate) {
        Dataset<Row> records = this.records.all();
        Dataset<Row> rowsOf = records.where(col("lookup_key").isNotNull())
                .groupBy("lookup_key")
                .agg(count(lit(1)).as("rows"));
        Dataset<Row> history = lake.history().read(spark);
        return CallCounts.of(
                scope.staging().put("nothing-known", planned(records, history.where("false"), false)),
                rowsOf,
                planned(records, history.where("carried_by IS NULL"), false),
                scope.staging().put("as-planned", planned(records, history, true)),
                CallCounts.hitRates(history),
                otherHitRate);
    }

    private Dataset<Row> planned(Dataset<Row> records, Dataset<Row> history, boolean aliases) {
        PlanStep step = new PlanStep(spark, lake, catalog(), settings.limits().buckets());
        Dataset<Row> nobody = KnownAs.nobody(spark);
        return (aliases ? step : step.knownAs(nobody))
                .history(history)
                .run(records, wiring.withheld(), runId, scope.asOf(), Allowance.unlimited(), Optional.empty());
    }

    private Dataset<Row> known(Dataset<Row> some) {
        Dataset<Row> identities = lake.identities().read(spark);
        if (identities.isEmpty()) {
            return KnownAs.nobody(spark);
        }
        Dataset<Row> near =
                records.areSome() ? scope.staging().put("identities", KnownAs.near(identities, some)) : identities;
        return scope.staging().put("known-as", KnownAs.of(spark, near, some));
    }

    /** The most that the run may spend at each provider: all that is wanted at its worst, within the caps. */
    static Map<String, Double> reserves(Dataset<Row> planned, Caps caps) {
        boolean bounded = !caps.allowance().isUnlimited();
        Map<String, Double> reserves = new TreeMap<>();
        planned.selectExpr("explode(" + (bounded ? "wanted" : "asks") + ") as ask")
                .groupBy("ask.provider")
                .agg(sum(col("ask.worst_credits")))
                .collectAsList()
                .forEach(row -> reserves.put(row.getString(0), row.getDouble(1)));
        caps.binding().forEach(cap -> cap.provider()
                .ifPresent(name -> reserves.computeIfPresent(name, (same, worst) -> Math.min(worst, cap.left()))));
        return reserves;
    }

    /**
     * The rounds after the plan's own; empty where nothing bounds the budget.
     *
     * @param writing runs what writes to a table of the lake
     */
    Optional<LaterRounds> laterRounds(Dataset<Row> planned, Caps caps, Executor writing) {
        return caps.allowance().isUnlimited()
                ? Optional.empty()
                : Optional.of(
                        new LaterRounds(spark, lake, scope.staging()::put, writing, runId, planned, caps.allowance()));
    }

    /** The same rows, as files of which each is a partition. */
    Dataset<Row> stageWhole(String name, Dataset<Row> rows) {
        return scope.staging().putWhole(name, rows);
    }

    Void commitPlan(Dataset<Row> planned, RunLog log) {
        if (records.lookedAt().isPresent() && !records.areSome()) {
            // Tonight's answers are to be found by the next night.
            new ChangeFeed(spark, lake.history()).turnOn();
        }
        notices().forEach(log::note);
        log.read(read.rows().count(), read.rejects().count());
        Column status = when(col("decision").equalTo("WORK"), lit("planned")).otherwise(lit("deferred"));
        Dataset<Row> work =
                planned.where(col("decision").isin("WORK", "DEFERRED")).withColumn("status", status);
        lake.work().append(work, "tributary-work-" + runId, 1);
        lake.rejects()
                .append(
                        records.erased().byRecord(read.rejects()).withColumn("run_id", lit(runId)),
                        "tributary-rejects-" + runId,
                        1);
        return null;
    }

    Void merge(Dataset<Row> planned, RunLog log) {
        // Tonight's answers named identifiers that the plan did not know of.
        Dataset<Row> known = known(records.all());
        GoldenStep step = records.areSome() ? new GoldenStep(spark, lake).ofFew() : new GoldenStep(spark, lake);
        long unchanged = 0;
        for (EntityKind entity : EntityKind.values()) {
            GoldenRows rows = new GoldenRows(
                    entity,
                    settings.merge(),
                    settings.waterfall().get(entity),
                    wiring.freshness(),
                    settings.wanted().ages(),
                    scope.asOf(),
                    runId,
                    new Options(settings.allowTestHosts()));
            GoldenStep.Result result =
                    step.run(entity, records.selected(entity), known, planned, carried(entity), rows);
            if (records.lookedAt().isPresent() && records.areSome()) {
                FilledCells filled = FilledCells.of(entity, lake.golden(entity).read(spark));
                unchanged += filled.rows() - result.rows();
                result = filled.in(result, entity);
            }
            log.merged(entity == EntityKind.PERSON ? "contacts" : "accounts", result);
        }
        long passedOver = unchanged;
        records.lookedAt().ifPresent(looked -> log.lookedAt(looked, passedOver));
        return null;
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
