package io.tributary.jobs.table;

import static org.apache.spark.sql.functions.col;

import io.tributary.model.EntityKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** All tables of one lake. Immutable. */
public final class Lake {
    /** The operation of answers that were bought before there was this lake. */
    public static final String IMPORT = "import";

    private final Map<String, LakeTable> tables = new LinkedHashMap<>();

    /**
     * The lake whose tables stand where {@code locate} says.
     *
     * @param locate from a table's name ({@code history}, {@code contacts}, ...) to its place
     */
    public Lake(Function<String, TableRef> locate) {
        tables.put("contacts", GoldenTable.at(locate.apply("contacts"), EntityKind.PERSON));
        tables.put("accounts", GoldenTable.at(locate.apply("accounts"), EntityKind.COMPANY));
        tables.put("history", HistoryTable.at(locate.apply("history")));
        tables.put("identities", IdentitiesTable.at(locate.apply("identities")));
        tables.put("work", WorkTable.at(locate.apply("work")));
        tables.put("runs", RunsTable.at(locate.apply("runs")));
        tables.put("rejects", RejectsTable.at(locate.apply("rejects")));
        tables.put("extracts", ExtractsTable.at(locate.apply("extracts")));
        tables.put("suppressions", SuppressionsTable.at(locate.apply("suppressions")));
        tables.put("answer_fields", AnswerFieldsTable.at(locate.apply("answer_fields")));
        tables.put("erasures", ErasuresTable.at(locate.apply("erasures")));
    }

    /** Every table by its name, in the order in which a reader should meet them. */
    public Map<String, LakeTable> all() {
        return java.util.Collections.unmodifiableMap(tables);
    }

    /** Where the tables lie; of those with names in a catalog, where it put {@code history}. */
    public List<String> places(SparkSession spark) {
        List<String> places = new ArrayList<>();
        for (LakeTable table : tables.values()) {
            if (!table.ref().isName() || table == history()) {
                places.add(table.ref().location(spark));
            }
        }
        return places;
    }

    /**
     * Refuses a lake on which a newer version has worked. Quick: that one brought the table that is looked at up to date first.
     *
     * @throws NewerLakeException if there was one
     */
    public void refuseNewer(SparkSession spark) {
        if (runs().exists(spark)) {
            SchemaVersion.known(spark, runs().ref());
        }
    }

    /**
     * Creates what is missing, but for {@code answer_fields}, which the first answers make.
     *
     * @throws NewerLakeException if a newer version has worked on a table
     */
    public void ensure(SparkSession spark) {
        Map<LakeTable, OptionalInt> versions = new LinkedHashMap<>();
        versions.put(runs(), runs().version(spark));
        tables.values().stream()
                .filter(table -> table != answerFields() && table != runs())
                .forEach(table -> versions.put(table, table.version(spark)));
        // Not before all are known: a lake that is refused stays as it is.
        versions.forEach((table, version) -> table.ensure(spark, version));
    }

    public LakeTable golden(EntityKind entity) {
        return switch (entity) {
            case PERSON -> tables.get("contacts");
            case COMPANY -> tables.get("accounts");
        };
    }

    public LakeTable history() {
        return tables.get("history");
    }

    /**
     * History as the waterfalls of a run see it: what came along with an answer about somebody else counts only of providers
     * that could be asked about it, for the waterfall says whom to trust with what.
     */
    public Dataset<Row> answers(SparkSession spark, Function<EntityKind, List<String>> waterfall) {
        return answers(history().read(spark), waterfall);
    }

    /** The same of some rows of history. */
    public static Dataset<Row> answers(Dataset<Row> history, Function<EntityKind, List<String>> waterfall) {
        Column counts = col("carried_by").isNull();
        for (EntityKind entity : EntityKind.values()) {
            counts = counts.or(col("entity")
                    .equalTo(entity.id())
                    .and(col("provider").isin(waterfall.apply(entity).toArray())));
        }
        return history.where(counts);
    }

    public LakeTable identities() {
        return tables.get("identities");
    }

    public LakeTable work() {
        return tables.get("work");
    }

    public LakeTable runs() {
        return tables.get("runs");
    }

    public LakeTable rejects() {
        return tables.get("rejects");
    }

    public LakeTable extracts() {
        return tables.get("extracts");
    }

    public LakeTable suppressions() {
        return tables.get("suppressions");
    }

    public LakeTable answerFields() {
        return tables.get("answer_fields");
    }

    public LakeTable erasures() {
        return tables.get("erasures");
    }
}
