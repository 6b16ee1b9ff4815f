package io.tributary.jobs.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.substring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.jobs.report.LookedAt;
import io.tributary.jobs.table.Lake;
import java.time.Instant;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The last night that merged all that it looked at.
 *
 * @param asOf its clock
 * @param since the start of the least id of the runs that ended after it had begun: these have written what it may not have
 *     seen. The time of an id alone, for of two runs of one second nobody knows the order
 */
record NightBefore(Instant asOf, String since, LookedAt lookedAt) {
    private static final int TIME_OF_ID = "yyyyMMdd-HHmmss".length();

    /** Empty if there is none, or none by a program that told what it looked at. */
    static Optional<NightBefore> of(SparkSession spark, Lake lake) {
        Dataset<Row> runs = lake.runs().read(spark);
        return runs
                .where(col("job").equalTo(Job.NIGHTLY.id()))
                .where(expr("get_json_object(summary, '$.looked_at.rules') IS NOT NULL"))
                .orderBy(col("started_at").desc(), col("run_id").desc())
                .select("as_of", "started_at", "summary")
                .takeAsList(1)
                .stream()
                .findFirst()
                .flatMap(last -> said(last.getString(2))
                        .map(looked -> new NightBefore(
                                last.getTimestamp(0).toInstant(),
                                runs.where(col("finished_at").geq(last.getTimestamp(1)))
                                        .agg(min(substring(col("run_id"), 1, TIME_OF_ID)))
                                        .first()
                                        .getString(0),
                                looked)));
    }

    private static Optional<LookedAt> said(String summary) {
        try {
            return LookedAt.in(new ObjectMapper().readTree(summary));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a summary in the table runs that is no JSON", e);
        }
    }
}
