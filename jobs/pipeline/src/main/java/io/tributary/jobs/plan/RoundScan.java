package io.tributary.jobs.plan;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.posexplode;

import io.tributary.quota.Allowance;
import io.tributary.quota.BudgetRound;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * Chooses the asks of one round: all of them pass by in one task, in their order, a few short columns each. A choice depends
 * on every one before it.
 */
final class RoundScan implements MapPartitionsFunction<Row, Row> {
    private static final long serialVersionUID = 1L;

    private static final StructType CHOSEN = StructType.fromDDL("lookup_key STRING, provider STRING");

    private final Allowance left;

    private RoundScan(Allowance left) {
        this.left = left;
    }

    /** One row for each ask, from rows with {@code lookup_key}, {@code key_hash}, {@code priority} and {@code wanted}. */
    static Dataset<Row> asks(Dataset<Row> planned) {
        return planned.select(col("lookup_key"), col("key_hash"), col("priority"), posexplode(col("wanted")))
                .select(
                        col("lookup_key"),
                        col("key_hash"),
                        col("priority"),
                        col("pos"),
                        col("col.provider").as("provider"),
                        col("col.worst_credits").as("worst"));
    }

    /**
     * The asks of the next round.
     *
     * @param asks as {@link #asks} makes them, those that are still open
     * @return {@code lookup_key, provider}
     */
    static Dataset<Row> choose(Dataset<Row> asks, Allowance left) {
        return asks.repartition(1)
                .sortWithinPartitions(col("priority").desc_nulls_last(), col("key_hash"), col("pos"))
                .select("lookup_key", "provider", "worst")
                .mapPartitions(new RoundScan(left), Encoders.row(CHOSEN));
    }

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        return new Chosen(rows, new BudgetRound(left));
    }

    /** Works key by key. */
    private static final class Chosen implements Iterator<Row> {
        private final Iterator<Row> rows;
        private final BudgetRound round;
        private final List<Row> chosen = new ArrayList<>();
        private Row ahead;

        Chosen(Iterator<Row> rows, BudgetRound round) {
            this.rows = rows;
            this.round = round;
            this.ahead = rows.hasNext() ? rows.next() : null;
        }

        @Override
        public boolean hasNext() {
            while (chosen.isEmpty() && ahead != null) {
                String key = ahead.getString(0);
                List<BudgetRound.Wanted> asks = new ArrayList<>();
                while (ahead != null && ahead.getString(0).equals(key)) {
                    asks.add(new BudgetRound.Wanted(ahead.getString(1), ahead.getDouble(2)));
                    ahead = rows.hasNext() ? rows.next() : null;
                }
                round.take(asks)
                        .forEach(place -> chosen.add(
                                RowFactory.create(key, asks.get(place).provider())));
            }
            return !chosen.isEmpty();
        }

        @Override
        public Row next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return chosen.remove(0);
        }
    }
}
