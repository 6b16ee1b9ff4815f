package io.tributary.jobs.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.tributary.jobs.ask.ShippedCatalog;
import io.tributary.jobs.table.Lake;
import io.tributary.quota.Caps;
import io.tributary.settings.BudgetSettings;
import io.tributary.settings.CreditCaps;
import io.tributary.settings.ProviderSettings;
import io.tributary.settings.Settings;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The caps on a run's credits, and what of those on a day and a month is spent already, as history tells. */
final class Spending {
    private final Settings settings;
    private final SparkSession spark;
    private final Lake lake;
    private final ShippedCatalog catalog;
    private final List<LivingRun> others;

    /** @param others runs that are at work: what they may still spend is not this run's */
    Spending(Settings settings, SparkSession spark, Lake lake, ShippedCatalog catalog, List<LivingRun> others) {
        this.others = List.copyOf(others);
        this.settings = settings;
        this.spark = spark;
        this.lake = lake;
        this.catalog = catalog;
    }

    /** @param now by the run's clock, which also stamps the answers in history */
    Caps caps(Instant now) {
        return caps(now, Map.of());
    }

    /** The same for a run that goes on with another: what that one spent is spent of the caps on a run. */
    Caps capsAfter(String earlierRun, Instant now) {
        return caps(now, spent(col("run_id").equalTo(earlierRun)));
    }

    /**
     * The same for a chunk of a backfill, whose chunks are one run to these caps.
     *
     * @param earlier the runs of the chunks before
     * @param most what all chunks together may spend besides; empty for no such cap
     */
    Caps capsOfAll(List<String> earlier, OptionalDouble most, Instant now) {
        Map<String, Double> before =
                earlier.isEmpty() ? Map.of() : spent(col("run_id").isin(earlier.toArray()));
        Caps caps = caps(now, before);
        return most.isPresent()
                ? caps.and(new Caps.Cap("--max-credits", Optional.empty(), most.getAsDouble(), total(before)))
                : caps;
    }

    /** What some runs may have spent at all providers together. */
    double spentBy(List<String> runs) {
        return total(spentIn(runs));
    }

    private Map<String, Double> spentIn(List<String> runs) {
        return runs.isEmpty() ? Map.of() : spent(col("run_id").isin(runs.toArray()));
    }

    private Caps caps(Instant now, Map<String, Double> before) {
        BudgetSettings budget = settings.budget();
        boolean longer = isLonger(budget.caps())
                || settings.providers().values().stream().anyMatch(provider -> isLonger(provider.caps()));
        Map<String, Double> today = longer ? spent(since(budget.dayOf(now))) : Map.of();
        Map<String, Double> thisMonth = longer ? spent(since(budget.monthOf(now))) : Map.of();
        List<Caps.Cap> caps = new ArrayList<>();
        double reserved = others.stream().mapToDouble(LivingRun::reservesInAll).sum();
        add(
                caps,
                "budget.",
                Optional.empty(),
                budget.caps(),
                total(before),
                total(today) + reserved,
                total(thisMonth) + reserved);
        settings.providers().values().stream()
                .filter(ProviderSettings::enabled)
                .forEach(provider -> add(
                        caps,
                        "providers." + provider.name() + ".",
                        Optional.of(provider.name()),
                        provider.caps(),
                        before.getOrDefault(provider.name(), 0.0),
                        today.getOrDefault(provider.name(), 0.0) + reserved(provider.name()),
                        thisMonth.getOrDefault(provider.name(), 0.0) + reserved(provider.name())));
        return new Caps(caps);
    }

    /** What of it is in history already counts twice, until the run has ended. */
    private double reserved(String provider) {
        return others.stream()
                .mapToDouble(run -> run.reserves().getOrDefault(provider, 0.0))
                .sum();
    }

    private static boolean isLonger(CreditCaps caps) {
        return caps.perDay().isPresent() || caps.perMonth().isPresent();
    }

    private static double total(Map<String, Double> spent) {
        return spent.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    private static void add(
            List<Caps.Cap> caps,
            String at,
            Optional<String> provider,
            CreditCaps set,
            double before,
            double today,
            double thisMonth) {
        set.perRun().ifPresent(cap -> caps.add(new Caps.Cap(at + CreditCaps.RUN, provider, cap, before)));
        set.perDay().ifPresent(cap -> caps.add(new Caps.Cap(at + CreditCaps.DAY, provider, cap, today)));
        set.perMonth().ifPresent(cap -> caps.add(new Caps.Cap(at + CreditCaps.MONTH, provider, cap, thisMonth)));
    }

    private static Column since(Instant start) {
        return col("fetched_at").geq(Timestamp.from(start));
    }

    /** Credits by provider; an ask of unknown outcome counts its worst case, unless it is a job that was paid when accepted. */
    private Map<String, Double> spent(Column which) {
        Column unknown = col("outcome")
                .equalTo("UNKNOWN")
                .and(col("job_id").isNull().or(col("job_id").equalTo("")));
        Map<String, Double> spent = new TreeMap<>();
        for (Row row : lake.history()
                .read(spark)
                .where(which)
                .groupBy("provider", "operation")
                .agg(sum(col("credits")), sum(when(unknown, lit(1L)).otherwise(lit(0L))))
                .collectAsList()) {
            String provider = row.getString(0);
            double uncertain =
                    row.getLong(3) == 0 ? 0 : row.getLong(3) * catalog.worstCredits(provider, row.getString(1));
            spent.merge(provider, row.getDouble(2) + uncertain, Double::sum);
        }
        return spent;
    }
}
