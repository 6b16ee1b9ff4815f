package io.tributary.jobs.read;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.when;

import io.tributary.identity.Options;
import io.tributary.settings.SourceSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * Reads tonight's extracts: looks at them, refuses what can't be trusted, maps, identifies, and sets aside what can't be
 * used. Reads only; running it twice gives the same rows. Use from one thread.
 */
public final class ReadStep {
    private static final String TEXTS = "array<string>";
    private static final String MAP = "map<string,string>";

    private final SparkSession spark;
    private final ReadOptions options;

    public ReadStep(SparkSession spark, ReadOptions options) {
        this.spark = spark;
        this.options = options;
    }

    /**
     * Reads all sources.
     *
     * @return the rows and rejects; the caller closes it
     * @throws ExtractRefusedException if an extract can't be trusted, or too many rows were set aside; names every fault
     */
    public ReadResult run(List<SourceSettings> sources) {
        refuseIfAny(twins(sources));
        List<FoundExtract> found = sources.stream().map(this::find).toList();
        refuseIfAny(found.stream().flatMap(one -> one.refusals().stream()).toList());
        List<CarriedColumn> carried =
                found.stream().flatMap(one -> one.carried().stream()).toList();
        Dataset<Row> mapped = found.stream()
                .map(this::mapped)
                .reduce(Dataset::unionByName)
                .orElseThrow(() -> new IllegalArgumentException("no source to read"));
        Dataset<Row> kept = LastWord.of(mapped, sources).persist(StorageLevel.MEMORY_AND_DISK());
        Column readable = col(MappedRows.REJECT_REASON).isNull();
        Dataset<Row> rows = identified(kept.where(readable)).persist(StorageLevel.MEMORY_AND_DISK());
        Dataset<Row> rejects = unreadable(kept.where(not(readable)))
                .unionByName(unidentified(rows))
                .persist(StorageLevel.MEMORY_AND_DISK());
        List<ExtractInfo> extracts =
                found.stream().flatMap(one -> one.infos().stream()).toList();
        try {
            refuseIfAny(RejectBound.exceeded(sources, extracts, rejects));
        } catch (ExtractRefusedException e) {
            rows.unpersist();
            rejects.unpersist();
            throw e;
        } finally {
            kept.unpersist();
        }
        List<String> notices =
                found.stream().flatMap(one -> one.notices().stream()).toList();
        return new ReadResult(rows, rejects, extracts, carried, notices);
    }

    private FoundExtract find(SourceSettings source) {
        try {
            return FoundExtract.of(spark, source, options);
        } catch (IOException e) {
            throw new UncheckedIOException("can't list " + source.path() + " of source " + source.name(), e);
        }
    }

    /** Each full extract would declare the records of the other gone. */
    private static List<String> twins(List<SourceSettings> sources) {
        Map<String, SourceSettings> seen = new HashMap<>();
        List<String> messages = new ArrayList<>();
        for (SourceSettings source : sources) {
            SourceSettings twin = seen.put(source.crm() + "/" + source.object().id(), source);
            if (twin != null && (source.full() || twin.full())) {
                messages.add("sources " + twin.name() + " and " + source.name() + ": both read "
                        + source.object().id() + " of " + source.crm()
                        + ", and one of them as a whole; let one source read a folder with both");
            }
        }
        return messages;
    }

    private static void refuseIfAny(List<String> messages) {
        if (!messages.isEmpty()) {
            throw new ExtractRefusedException(messages);
        }
    }

    /** The rows of one source, with the values of typed columns checked. */
    private Dataset<Row> mapped(FoundExtract found) {
        Dataset<Row> rows = found.rows(spark)
                .withColumn(ExtractRows.CARRIED, expr("from_json(" + ExtractRows.CARRIED + ", '" + MAP + "')"));
        Map<String, String> known = options.typesOf(found.source().object().entity());
        List<Column> wrong = new ArrayList<>();
        for (CarriedColumn column : found.carried()) {
            if (!column.type().equals("string")) {
                String value = ExtractRows.CARRIED + "['" + column.name() + "']";
                wrong.add(when(
                        expr(value + " is not null and try_cast(" + value + " as " + column.type() + ") is null"),
                        lit("column " + column.header() + ": "
                                + (known.containsKey(column.name()) ? "type changed, " : "") + "expected "
                                + column.type())));
            }
        }
        if (wrong.isEmpty()) {
            return rows;
        }
        Column detail = array_join(array_compact(array(wrong.toArray(Column[]::new))), "; ");
        Column bad = col(MappedRows.REJECT_REASON).isNull().and(detail.notEqual(""));
        return rows.withColumn("wrong", when(bad, detail))
                .withColumn(
                        MappedRows.REJECT_REASON,
                        coalesce(
                                col(MappedRows.REJECT_REASON), when(col("wrong").isNotNull(), lit("type"))))
                .withColumn(MappedRows.REJECT_DETAIL, coalesce(col(MappedRows.REJECT_DETAIL), col("wrong")))
                .drop("wrong");
    }

    private Dataset<Row> identified(Dataset<Row> readable) {
        Dataset<Row> withEmployer = Employers.join(readable, options.goldenAccounts());
        return new Identification(new Options(options.allowTestHosts()))
                .identify(withEmployer)
                .withColumn(ExtractRows.EXTRACTED_AT, timestamp_micros(col(MappedRows.EXTRACTED_MICROS)))
                .withColumn(ExtractRows.MODIFIED_AT, timestamp_micros(col(MappedRows.MODIFIED_MICROS)))
                .withColumn(ExtractRows.ALIASES, fromJson(ExtractRows.ALIASES, TEXTS))
                .withColumn(ExtractRows.REASONS, fromJson(ExtractRows.REASONS, TEXTS))
                .withColumn(ExtractRows.INPUTS, fromJson(ExtractRows.INPUTS, MAP))
                .withColumn(ExtractRows.CRM, fromJson(ExtractRows.CRM, MAP))
                .select(ExtractRows.columns());
    }

    private static Column fromJson(String column, String type) {
        return expr("from_json(" + column + ", '" + type + "')");
    }

    private static Dataset<Row> unreadable(Dataset<Row> rows) {
        return rows.select(
                col(ExtractRows.SOURCE).as(RejectRows.SOURCE),
                col(ExtractRows.OBJECT).as(RejectRows.OBJECT),
                col(ExtractRows.EXTRACT).as(RejectRows.EXTRACT),
                col(ExtractRows.EXTRACT_ROW).as(RejectRows.ROW),
                col(ExtractRows.RECORD_ID).as(RejectRows.RECORD_ID),
                col(MappedRows.REJECT_REASON).as(RejectRows.REASON),
                col(MappedRows.REJECT_DETAIL).as(RejectRows.DETAIL));
    }

    /** What nothing identifies: its first refusal that is more telling than {@code no_identifier} is its reason. */
    private static Dataset<Row> unidentified(Dataset<Row> rows) {
        Column ended = col(ExtractRows.LIFE_CYCLE).isin("deleted", "converted", "merged");
        return rows.where(col(ExtractRows.LOOKUP_KEY).isNull().and(not(ended)))
                .select(
                        col(ExtractRows.SOURCE),
                        col(ExtractRows.OBJECT),
                        col(ExtractRows.EXTRACT),
                        col(ExtractRows.EXTRACT_ROW).as(RejectRows.ROW),
                        col(ExtractRows.RECORD_ID),
                        coalesce(
                                        expr("try_element_at(filter(" + ExtractRows.REASONS
                                                + ", reason -> reason <> 'no_identifier'), 1)"),
                                        lit("no_identifier"))
                                .as(RejectRows.REASON),
                        array_join(col(ExtractRows.REASONS), "; ").as(RejectRows.DETAIL));
    }
}
