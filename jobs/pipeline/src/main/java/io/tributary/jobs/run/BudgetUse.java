package io.tributary.jobs.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.quota.Caps;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A cap of a plan.
 *
 * @param cap the one of those on the same calls that leaves least
 * @param binds whether work is left out because of it
 */
record BudgetUse(Caps.Cap cap, boolean binds) {
    /** The caps of a plan, which ones of them cut it included. */
    static List<BudgetUse> of(Caps caps, Dataset<Row> planned) {
        if (caps.allowance().isUnlimited()) {
            return List.of();
        }
        Map<String, Double> reserved = new HashMap<>();
        Map<String, Double> cut = new HashMap<>();
        planned.selectExpr("asks", "explode(wanted) as ask")
                .withColumn("taken", expr("exists(asks, a -> a.provider = ask.provider)"))
                .groupBy("ask.provider", "taken")
                .agg(expr("sum(ask.worst_credits)"), expr("min(ask.worst_credits)"), count(lit(1)))
                .orderBy(col("provider"))
                .collectAsList()
                .forEach(row -> (row.getBoolean(1) ? reserved : cut)
                        .put(row.getString(0), row.getDouble(row.getBoolean(1) ? 2 : 3)));
        return caps.binding().stream()
                .map(cap -> new BudgetUse(cap, leavesWork(cap, reserved, cut)))
                .toList();
    }

    /**
     * Whether a cap is why something that is wanted is not asked.
     *
     * @param spent what is spent or set aside, by provider
     * @param wanted the least that an ask which is still wanted can cost, by provider
     */
    static boolean leavesWork(Caps.Cap cap, Map<String, Double> spent, Map<String, Double> wanted) {
        double left = cap.left() - used(cap, spent);
        return wanted.entrySet().stream()
                .filter(each -> cap.provider().map(each.getKey()::equals).orElse(true))
                .anyMatch(each -> each.getValue() > left + 1e-6);
    }

    private static double used(Caps.Cap cap, Map<String, Double> spent) {
        return cap.provider().map(name -> spent.getOrDefault(name, 0.0)).orElseGet(() -> spent.values().stream()
                .mapToDouble(Double::doubleValue)
                .sum());
    }

    /** What a person must know of a cap that left work undone. */
    static String usedUp(Caps.Cap cap, Map<String, Double> spent) {
        return String.format(
                Locale.ROOT,
                "%s leaves work for later: of %s credits, %s were spent before this run and at most %s in it",
                cap.setting(),
                credits(cap.credits()),
                credits(cap.spent()),
                credits(used(cap, spent)));
    }

    /** One line of a plan. */
    String text() {
        return String.format(
                Locale.ROOT,
                "budget: %s credits by %s%s%s",
                credits(cap.left()),
                cap.setting(),
                cap.spent() > 0
                        ? " (" + credits(cap.credits()) + ", of which " + credits(cap.spent()) + " are spent)"
                        : "",
                binds ? "; work is left out" : "");
    }

    void into(ArrayNode caps) {
        ObjectNode node = caps.addObject().put("setting", cap.setting());
        cap.provider().ifPresent(name -> node.put("provider", name));
        node.put("credits", cap.credits())
                .put("spent", cap.spent())
                .put("left", cap.left())
                .put("binds", binds);
    }

    private static String credits(double credits) {
        return credits == Math.rint(credits)
                ? String.format(Locale.ROOT, "%,.0f", credits)
                : String.format(Locale.ROOT, "%,.3f", credits);
    }
}
