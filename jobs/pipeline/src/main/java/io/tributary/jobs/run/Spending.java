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

    Spending(Settings settings, SparkSession spark, Lake lake, ShippedCatalog catalog) {
        this.settings = settings;
        this.spark = spark;
        this.lake = lake;
        this.catalog = catalog;
    }

    /** @param now by the run's clock, which also stamps the answers in history */
    Caps caps(Instant now) {
        BudgetSettings budget = settings.budget();
        boolean longer = isLonger(budget.caps())
                || settings.providers().values().stream().anyMatch(provider -> isLonger(provider.caps()));
        Map<String, Double> today = longer ? spentSince(budget.dayOf(now)) : Map.of();
        Map<String, Double> thisMonth = longer ? spentSince(budget.monthOf(now)) : Map.of();
        List<Caps.Cap> caps = new ArrayList<>();
        add(caps, "budget.", Optional.empty(), budget.caps(), total(today), total(thisMonth));
        settings.providers().values().stream()
                .filter(ProviderSettings::enabled)
                .forEach(provider -> add(
                        caps,
                        "providers." + provider.name() + ".",
                        Optional.of(provider.name()),
                        provider.caps(),
                        today.getOrDefault(provider.name(), 0.0),
                        thisMonth.getOrDefault(provider.name(), 0.0)));
        return new Caps(caps);
    }

    private static boolean isLonger(CreditCaps caps) {
        return caps.perDay().isPresent() || caps.perMonth().isPresent();
    }

    private static double total(Map<String, Double> spent) {
        return spent.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    private static void add(
            List<Caps.Cap> caps, String at, Optional<String> provider, CreditCaps set, double today, double thisMonth) {
        set.perRun().ifPresent(cap -> caps.add(new Caps.Cap(at + CreditCaps.RUN, provider, cap, 0)));
        set.perDay().ifPresent(cap -> caps.add(new Caps.Cap(at + CreditCaps.DAY, provider, cap, today)));
        set.perMonth().ifPresent(cap -> caps.add(new Caps.Cap(at + CreditCaps.MONTH, provider, cap, thisMonth)));
    }

    /** Credits by provider; an ask of unknown outcome counts its worst case, unless it is a job that was paid when accepted. */
    private Map<String, Double> spentSince(Instant start) {
        Column unknown = col("outcome")
                .equalTo("UNKNOWN")
                .and(col("job_id").isNull().or(col("job_id").equalTo("")));
        Map<String, Double> spent = new TreeMap<>();
        for (Row row : lake.history()
                .read(spark)
                .where(col("fetched_at").geq(Timestamp.from(start)))
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
