package io.tributary.jobs.read;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tributary.jobs.SparkTest;
import io.tributary.settings.SourceSettings;
import io.tributary.settings.SourceSettings.CrmObject;
import io.tributary.settings.SourceSettings.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Five real nights of one registry as full extracts: what a night changes is exactly what the folder counts. */
class GovDomainsTest extends SparkTest {
    @Test
    void findsExactlyTheAddedChangedAndRemovedRecordsOfEachNight() throws IOException {
        List<String> counted = Files.readAllLines(Path.of(Specs.data("gov-domains/changes.csv")));
        String[] first = counted.get(1).split(",");
        ReadResult before = read(first[0], List.of());
        for (String line : counted.subList(1, counted.size())) {
            String[] night = line.split(",");
            ReadResult after = read(night[1], before.extracts());
            assertEquals(line, String.join(",", night[0], night[1], differences(before, after), night[5]));
            before.close();
            before = after;
        }
        before.close();
    }

    private ReadResult read(String day, List<ExtractInfo> last) {
        ReadOptions options = new ReadOptions(Interval.ALL, false, last, Map.of(), Optional.empty());
        return new ReadStep(spark(), options).run(List.of(source(day)));
    }

    /** As the registry publishes it, the contact's mailbox is among the changes: here it is carried, not dropped. */
    private static SourceSettings source(String day) {
        var shipped = Specs.shipped("gov-domains");
        var whole = new io.tributary.mapping.ColumnMapping(
                shipped.entity(),
                shipped.recordId(),
                shipped.accountId(),
                shipped.modifiedAt(),
                shipped.fields(),
                shipped.identifiers(),
                shipped.lifeCycle(),
                shipped.types(),
                java.util.Set.of());
        return Specs.source("gov", CrmObject.ACCOUNT, Format.CSV, Specs.data("gov-domains/" + day + ".csv.gz"), whole);
    }

    private static String differences(ReadResult before, ReadResult after) {
        Dataset<Row> then =
                before.rows().select(col("record_id"), col("row_hash").as("then"));
        Dataset<Row> now = after.rows().select(col("record_id"), col("row_hash").as("now"));
        Dataset<Row> golden = before.rows()
                .select(
                        col("source").as("_crm_source"),
                        col("object").as("_crm_object"),
                        col("record_id").as("_crm_id"),
                        lit(null).cast("timestamp").as("_deleted_at"));
        MissingRecords missing = MissingRecords.of(golden, after, List.of(source("2026-08-22")));
        assertEquals(List.of(), missing.notices());
        long added = now.join(then, new String[] {"record_id"}, "left_anti").count();
        long changed = now.join(then, "record_id").where("then <> now").count();
        return added + "," + missing.records().count() + "," + changed;
    }
}
