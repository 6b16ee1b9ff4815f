package io.tributary.jobs.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;

/** What keys were used for over many runs, from the table {@code runs}. References only: no key is ever in a table. */
public final class KeyHistory {
    private static final DataType USE = DataType.fromDDL(
            "key_use array<struct<provider: string, reference: string, in_use: boolean, reason: string,"
                    + " calls: bigint, refused: bigint, last_used_at: string>>");

    /**
     * A key over many runs.
     *
     * @param state {@code in use}, {@code not used yet}, or why the last run did not use it
     * @param lastUsed as ISO 8601, empty if never
     */
    public record Line(String provider, String reference, String state, long calls, long refused, String lastUsed) {}

    private KeyHistory() {}

    /**
     * What runs since a moment say of keys, by provider and reference.
     *
     * @param runs the table
     */
    public static List<Line> of(Dataset<Row> runs, Instant since) {
        List<Line> lines = new ArrayList<>();
        runs.where(col("started_at").geq(lit(Timestamp.from(since))))
                .select(
                        col("started_at"),
                        explode(from_json(col("summary"), USE).getField("key_use"))
                                .as("key"))
                .groupBy(
                        col("key.provider").as("provider"), col("key.reference").as("reference"))
                .agg(
                        expr("max_by(if(key.in_use, 'in use', key.reason), started_at)"),
                        sum("key.calls"),
                        sum("key.refused"),
                        max("key.last_used_at"))
                .orderBy("provider", "reference")
                .collectAsList()
                .forEach(row -> lines.add(new Line(
                        row.getString(0),
                        row.getString(1),
                        row.getString(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.isNullAt(5) ? "" : row.getString(5))));
        return lines;
    }

    /** A table for people. */
    public static String text(List<Line> lines) {
        StringBuilder out = new StringBuilder(String.format(
                Locale.ROOT,
                "%-16s %-44s %-14s %10s %8s  %s%n",
                "provider",
                "key",
                "state",
                "calls",
                "refused",
                "last used"));
        for (Line line : lines) {
            out.append(String.format(
                    Locale.ROOT,
                    "%-16s %-44s %-14s %10d %8d  %s%n",
                    line.provider(),
                    line.reference(),
                    line.state(),
                    line.calls(),
                    line.refused(),
                    line.lastUsed().isEmpty() ? "never" : line.lastUsed()));
        }
        return out.toString();
    }
}
