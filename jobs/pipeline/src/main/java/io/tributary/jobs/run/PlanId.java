package io.tributary.jobs.run;

import static org.apache.spark.sql.functions.bit_xor;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import io.tributary.jobs.StoppedException;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What a plan is approved by: the same for the same asks, in any order. */
final class PlanId {
    private PlanId() {}

    static String of(Dataset<Row> planned) {
        String asks = List.of(planned.columns()).contains("wanted") ? "asks, wanted" : "asks";
        Row row = planned.where(ChunkList.toAsk())
                .agg(
                        count(lit(1)),
                        bit_xor(expr("xxhash64(lookup_key, decision, missing, to_json(struct(" + asks + ")))")))
                .first();
        return String.format("%016x-%d", row.isNullAt(1) ? 0 : row.getLong(1), row.getLong(0));
    }

    /** @throws StoppedException if it is another plan than the approved one */
    static void check(String approved, Dataset<Row> planned) {
        String now = of(planned);
        if (!now.equals(approved)) {
            throw new StoppedException("the plan is no longer the one that was approved (" + approved + "): it is "
                    + now + " now. Look at it again, and approve that");
        }
    }
}
