package io.tributary.jobs.read;

import io.tributary.model.EntityKind;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a read needs to know besides its sources.
 *
 * @param interval which extracts may be chosen
 * @param allowTestHosts whether reserved hosts such as {@code example.com} count as real
 * @param lastRead what {@link ExtractLedger#read} says was read before
 * @param goldenTypes the columns that the golden tables have now: name to Spark SQL type
 * @param goldenAccounts the golden accounts, to resolve account ids that tonight's extracts don't hold
 */
public record ReadOptions(
        Interval interval,
        boolean allowTestHosts,
        List<ExtractInfo> lastRead,
        Map<EntityKind, Map<String, String>> goldenTypes,
        Optional<Dataset<Row>> goldenAccounts) {
    /** Everything that lies there, on a lake that has nothing yet. */
    public static final ReadOptions FIRST_NIGHT =
            new ReadOptions(Interval.ALL, false, List.of(), Map.of(), Optional.empty());

    public ReadOptions {
        Objects.requireNonNull(interval, "interval");
        Objects.requireNonNull(goldenAccounts, "goldenAccounts");
        lastRead = List.copyOf(lastRead);
        Map<EntityKind, Map<String, String>> types = new EnumMap<>(EntityKind.class);
        goldenTypes.forEach((entity, columns) -> types.put(entity, Map.copyOf(columns)));
        goldenTypes = types;
    }

    Map<String, String> typesOf(EntityKind entity) {
        return goldenTypes.getOrDefault(entity, Map.of());
    }
}
