package io.tributary.jobs.demo;

import static org.apache.spark.sql.functions.col;

import io.tributary.jobs.table.Lake;
import io.tributary.model.EntityKind;
import java.io.PrintStream;
import java.sql.Timestamp;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Three golden rows with the story of each value. */
final class Showcase {
    private static final String TOLD = "enrichment_status = 'enriched'"
            + " AND size(map_filter(_lineage, (column, from) -> from.provider IS NOT NULL)) > 2";

    private Showcase() {}

    static void print(PrintStream out, SparkSession spark, Lake lake) {
        out.println();
        out.println("Three golden records, and where each value comes from:");
        List<Row> rows = lake.golden(EntityKind.PERSON)
                .read(spark)
                .where(TOLD)
                .orderBy(col("_crm_source"), col("_crm_id"))
                .limit(2)
                .collectAsList();
        rows.forEach(row -> print(out, row, "full_name"));
        lake.golden(EntityKind.COMPANY)
                .read(spark)
                .where(TOLD)
                .orderBy(col("_crm_source"), col("_crm_id"))
                .limit(1)
                .collectAsList()
                .forEach(row -> print(out, row, "name"));
    }

    private static void print(PrintStream out, Row row, String name) {
        out.printf(
                "%n%s/%s %s  %s  (%s, confidence %.2f)%n",
                row.getAs("_crm_source"),
                row.getAs("_crm_object"),
                row.getAs("_crm_id"),
                row.getAs(name),
                row.getAs("enrichment_status"),
                row.<Double>getAs("enrichment_confidence"));
        TreeMap<String, Row> lineage = new TreeMap<>(row.<String, Row>getJavaMap(row.fieldIndex("_lineage")));
        lineage.values().removeIf(from -> from.getAs("provider") == null);
        lineage.forEach((column, from) -> out.printf(
                "  %-22s %-38s %-9s %s  %.2f  %s%s%n",
                column,
                shortened(from.getAs("value")),
                from.getAs("provider"),
                from.<Timestamp>getAs("fetched_at").toInstant().toString().substring(0, 10),
                from.<Double>getAs("confidence"),
                from.getAs("rule"),
                from.getAs("previous") == null ? "" : ", before: " + shortened(from.getAs("previous"))));
    }

    private static String shortened(String text) {
        return text.length() <= 36 ? text : text.substring(0, 33) + "...";
    }
}
