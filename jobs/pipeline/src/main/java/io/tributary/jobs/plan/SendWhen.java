package io.tributary.jobs.plan;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.tributary.yaml.FaultsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Whom nothing of a record may be sent to: the conditions {@code send-when} of the providers. Where records share a key, each of
 * them has to allow it. A condition that comes to null can't tell; what then counts is a setting.
 */
public final class SendWhen {
    /** The condition says no. */
    static final String REFUSED = "send_when";

    /** The condition can't tell, and then nothing is sent. */
    static final String UNKNOWN = "send_when_unknown";

    private static final int SAYS_NO = 0;
    private static final int CANNOT_TELL = 1;
    private static final int SAYS_YES = 2;

    /**
     * One provider's condition.
     *
     * @param condition Spark SQL over a CRM record
     * @param sendsUnknown whether what the condition can't tell is sent
     */
    public record Condition(String condition, boolean sendsUnknown) {}

    private final Map<String, Condition> conditions;
    private final RecordColumns columns;

    /**
     * @param conditions by provider
     * @param carried the Spark types of the CRM's own columns, by golden column
     */
    public SendWhen(Map<String, Condition> conditions, Map<String, String> carried) {
        this.conditions = new TreeMap<>(conditions);
        this.columns = new RecordColumns(carried);
    }

    /**
     * Holds the conditions to the columns that there are; reads nothing.
     *
     * @throws FaultsException if one names a column that no record has, or is no condition
     */
    public void check(SparkSession spark, StructType records) {
        Dataset<Row> none = spark.createDataFrame(List.of(), records);
        conditions.forEach((provider, one) -> columns.check(
                "pipeline.yaml",
                "providers." + provider + ".send-when",
                one.condition(),
                () -> columns.of(none, rows -> rows.where(expr(one.condition())))));
    }

    /** For each key the providers that may not be sent it, and why: {@code lookup_key, withheld}. */
    Dataset<Row> byKey(Dataset<Row> records) {
        Column ended = coalesce(col("life_cycle"), lit("active")).isin(PlanStep.ENDED.toArray());
        List<Column> words = new ArrayList<>();
        List<Column> reasons = new ArrayList<>();
        conditions.forEach((provider, one) -> {
            Column says = expr(one.condition());
            words.add(min(when(says.isNull(), CANNOT_TELL).when(says, SAYS_YES).otherwise(SAYS_NO))
                    .as(provider));
            Column word = col("`" + provider + "`");
            Column unknown = one.sendsUnknown() ? lit(null).cast("string") : lit(UNKNOWN);
            reasons.add(lit(provider));
            reasons.add(when(word.equalTo(SAYS_NO), lit(REFUSED)).when(word.equalTo(CANNOT_TELL), unknown));
        });
        return columns.of(records.where(not(ended)), rows -> rows.groupBy(col("lookup_key"))
                        .agg(words.get(0), words.subList(1, words.size()).toArray(Column[]::new)))
                .select(
                        col("lookup_key"),
                        org.apache
                                .spark
                                .sql
                                .functions
                                .map_filter(
                                        org.apache.spark.sql.functions.map(reasons.toArray(Column[]::new)),
                                        (provider, reason) -> reason.isNotNull())
                                .as("withheld"));
    }
}
