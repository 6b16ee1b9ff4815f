package io.tributary.jobs.plan;

import io.tributary.model.Identifiers;
import io.tributary.model.LookupKey;
import io.tributary.provider.Pending;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;

/**
 * One row of the work list.
 *
 * @param missing the paths of the wanted fields that are asked for
 */
public record WorkRow(LookupKey key, Identifiers inputs, List<PlannedAsk> asks, List<String> missing) {
    public WorkRow {
        asks = List.copyOf(asks);
        missing = List.copyOf(missing);
    }

    /** Reads a row with {@code lookup_key}, {@code inputs}, {@code asks} and {@code missing}, which may be null. */
    public static WorkRow of(Row row) {
        List<PlannedAsk> asks = new ArrayList<>();
        for (Object each : row.getList(row.fieldIndex("asks"))) {
            Row ask = (Row) each;
            PlannedAsk.Mode mode = PlannedAsk.Mode.of(ask.getAs("mode"));
            asks.add(new PlannedAsk(
                    ask.getAs("provider"),
                    ask.<Long>getAs("epoch"),
                    mode,
                    mode == PlannedAsk.Mode.RESUME
                            ? Optional.of(new Pending(ask.getAs("operation"), ask.getAs("job_id")))
                            : Optional.empty(),
                    ask.<Double>getAs("worst_credits")));
        }
        int missing = row.fieldIndex("missing");
        return new WorkRow(
                LookupKey.parse(row.getAs("lookup_key")),
                PlannedKeys.identifiers(row.getJavaMap(row.fieldIndex("inputs"))),
                asks,
                row.isNullAt(missing) ? List.of() : row.getList(missing));
    }
}
