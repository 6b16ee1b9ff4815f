package io.tributary.jobs.table;

import io.tributary.model.EntityKind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;

/** All tables of one lake. Immutable. */
public final class Lake {
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
        tables.put("work", WorkTable.at(locate.apply("work")));
        tables.put("runs", RunsTable.at(locate.apply("runs")));
        tables.put("rejects", RejectsTable.at(locate.apply("rejects")));
        tables.put("extracts", ExtractsTable.at(locate.apply("extracts")));
        tables.put("suppressions", SuppressionsTable.at(locate.apply("suppressions")));
    }

    /** Every table by its name, in the order in which a reader should meet them. */
    public Map<String, LakeTable> all() {
        return java.util.Collections.unmodifiableMap(tables);
    }

    /** Creates what is missing. */
    public void ensure(SparkSession spark) {
        tables.values().forEach(table -> table.ensure(spark));
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
}
