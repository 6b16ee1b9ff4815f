package io.tributary.jobs.read;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min_by;

import io.tributary.settings.SourceSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Stops a run that would set aside more than the settings tolerate, before anything is spent. */
final class RejectBound {
    private static final int REASONS_SHOWN = 5;

    private RejectBound() {}

    /** One message for each source over its bound, with its commonest reasons and where to look. */
    static List<String> exceeded(List<SourceSettings> sources, List<ExtractInfo> extracts, Dataset<Row> rejects) {
        List<Row> counts = rejects.groupBy(RejectRows.SOURCE, RejectRows.OBJECT, RejectRows.REASON)
                .agg(
                        count(lit(1)).as("n"),
                        min_by(concat(col(RejectRows.EXTRACT), lit(":"), col(RejectRows.ROW)), col(RejectRows.ROW))
                                .as("example"))
                .orderBy(col("n").desc(), col(RejectRows.REASON))
                .collectAsList();
        List<String> messages = new ArrayList<>();
        for (SourceSettings source : sources) {
            List<Row> own = counts.stream()
                    .filter(row -> row.getAs(RejectRows.SOURCE).equals(source.crm())
                            && row.getAs(RejectRows.OBJECT)
                                    .equals(source.object().id()))
                    .toList();
            long rejected = own.stream().mapToLong(row -> row.getAs("n")).sum();
            long rows = extracts.stream()
                    .filter(info -> info.source().equals(source.name()))
                    .mapToLong(ExtractInfo::rows)
                    .sum();
            if (!source.maxRejects().tolerates(rejected, rows)) {
                String reasons = own.stream()
                        .limit(REASONS_SHOWN)
                        .map(row -> row.getAs("n") + " " + row.getAs(RejectRows.REASON) + " (first at "
                                + row.getAs("example") + ")")
                        .collect(Collectors.joining(", "));
                messages.add("source " + source.name() + ": " + rejected + " of " + rows
                        + " rows would be set aside, more than max-rejects allows: "
                        + reasons + "; mend the export or the mapping, or raise max-rejects");
            }
        }
        return messages;
    }
}
