package io.tributary.jobs.run;

import static org.apache.spark.sql.functions.col;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Keys that a provider would be asked about, if its {@code send-when} allowed it.
 *
 * @param reason {@code send_when} if it says no, {@code send_when_unknown} if it can't tell
 */
record Withheld(String provider, String reason, long keys) {
    /** One for each provider and reason, in the alphabetical order of both. */
    static List<Withheld> of(Dataset<Row> planned) {
        return planned
                .selectExpr("inline(withheld)")
                .groupBy("provider", "reason")
                .count()
                .orderBy(col("provider"), col("reason"))
                .collectAsList()
                .stream()
                .map(row -> new Withheld(row.getString(0), row.getString(1), row.getLong(2)))
                .toList();
    }

    String text() {
        return String.format(
                Locale.ROOT,
                "withheld from %s: %,d keys, because its send-when %s",
                provider,
                keys,
                reason.equals("send_when_unknown") ? "can't tell" : "says no");
    }

    void into(ArrayNode each) {
        each.addObject().put("provider", provider).put("reason", reason).put("keys", keys);
    }
}
