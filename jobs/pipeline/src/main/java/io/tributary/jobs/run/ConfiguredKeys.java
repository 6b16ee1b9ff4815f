package io.tributary.jobs.run;

import io.tributary.jobs.report.KeyHistory;
import io.tributary.jobs.report.KeyHistory.Line;
import io.tributary.jobs.table.Lake;
import io.tributary.secret.SecretRef;
import io.tributary.settings.Settings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/** The keys of the settings beside what runs say of keys. */
public final class ConfiguredKeys {
    private final Settings settings;

    public ConfiguredKeys(Settings settings) {
        this.settings = settings;
    }

    /**
     * Every key of the settings in its order, with what became of it; then those that runs used and that the settings do not
     * name any more.
     */
    public List<Line> withHistory(SparkSession spark, Instant since) {
        Lake lake = new Wiring(settings).lake();
        Map<String, Line> past = new LinkedHashMap<>();
        if (lake.runs().exists(spark)) {
            KeyHistory.of(lake.runs().read(spark), since)
                    .forEach(line -> past.put(line.provider() + "\n" + line.reference(), line));
        }
        List<Line> lines = new ArrayList<>();
        settings.providers().forEach((name, provider) -> provider.keys().forEach(key -> {
            String reference =
                    key.parts().values().stream().map(SecretRef::toString).collect(Collectors.joining(", "));
            Line used = past.remove(name + "\n" + reference);
            lines.add(used != null ? used : new Line(name, reference, "not used yet", 0, 0, ""));
        }));
        past.values()
                .forEach(line -> lines.add(new Line(
                        line.provider(),
                        line.reference(),
                        "not configured",
                        line.calls(),
                        line.refused(),
                        line.lastUsed())));
        return lines;
    }
}
