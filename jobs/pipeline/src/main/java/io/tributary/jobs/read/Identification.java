package io.tributary.jobs.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.tributary.identity.Identify;
import io.tributary.identity.Identity;
import io.tributary.identity.Options;
import io.tributary.identity.RawField;
import io.tributary.identity.RawSubject;
import io.tributary.model.EntityKind;
import io.tributary.model.LookupKey;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Adds to each mapped row its keys and what may be sent, with what is known of the employer. Shipped as settings only: the
 * lists behind it are loaded once per JVM.
 *
 * @param options how identifiers are judged
 */
record Identification(Options options) implements Serializable {
    /** Name of the employer's account, if the row refers to one that is known. */
    static final String EMPLOYER_NAME = "employer_name";

    static final String EMPLOYER_SITE = "employer_site";
    private static final TypeReference<Map<RawField, String>> CELLS = new TypeReference<>() {};

    /** The rows with {@code lookup_key}, {@code company_key} and, as JSON, {@code aliases}, {@code inputs}, {@code reasons}. */
    Dataset<Row> identify(Dataset<Row> rows) {
        StructType schema = rows.schema()
                .add(ExtractRows.LOOKUP_KEY, DataTypes.StringType)
                .add(ExtractRows.COMPANY_KEY, DataTypes.StringType)
                .add(ExtractRows.ALIASES, DataTypes.StringType)
                .add(ExtractRows.INPUTS, DataTypes.StringType)
                .add(ExtractRows.REASONS, DataTypes.StringType);
        return rows.mapPartitions((MapPartitionsFunction<Row, Row>) this::each, Encoders.row(schema));
    }

    private Iterator<Row> each(Iterator<Row> rows) {
        Identify identify = Identify.standard(options);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public Row next() {
                return with(identify, rows.next());
            }
        };
    }

    private static Row with(Identify identify, Row row) {
        EntityKind entity =
                EntityKind.valueOf(row.<String>getAs(ExtractRows.ENTITY).toUpperCase(java.util.Locale.ROOT));
        List<String> reasons = new ArrayList<>();
        Identity identity = identify.of(new RawSubject(entity, cells(row, reasons)));
        reasons.addAll(0, identity.reasons());
        Map<String, String> inputs = new TreeMap<>();
        identity.inputs().values().forEach((input, value) -> inputs.put(input.id(), value));
        Object[] cells = new Object[row.size() + 5];
        for (int n = 0; n < row.size(); n++) {
            cells[n] = row.get(n);
        }
        cells[row.size()] = identity.key().map(LookupKey::text).orElse(null);
        cells[row.size() + 1] = identity.companyKey().map(LookupKey::text).orElse(null);
        cells[row.size() + 2] =
                MappedRows.json(identity.aliases().stream().map(LookupKey::text).toList());
        cells[row.size() + 3] = MappedRows.json(inputs);
        cells[row.size() + 4] = MappedRows.json(reasons.stream().distinct().toList());
        return RowFactory.create(cells);
    }

    /** The row's own cells; a person without an employer of their own, or with the account's, gets the account's. */
    private static Map<RawField, String> cells(Row row, List<String> reasons) {
        Map<RawField, String> cells = read(row.getAs(MappedRows.RAW));
        String name = row.getAs(EMPLOYER_NAME);
        String site = row.getAs(EMPLOYER_SITE);
        if (name == null) {
            if (row.getAs(MappedRows.COMPANY_REF) != null) {
                reasons.add("company: crm_id");
            }
            return cells;
        }
        if (isHousehold(cells, name)) {
            reasons.add("company: household");
            return cells;
        }
        String own = cells.get(RawField.COMPANY_NAME);
        boolean same = own == null ? !cells.containsKey(RawField.WEBSITE) : own.equalsIgnoreCase(name);
        if (same) {
            cells.putIfAbsent(RawField.COMPANY_NAME, name);
            if (site != null) {
                cells.putIfAbsent(RawField.WEBSITE, site);
            }
        }
        return cells;
    }

    /** CRMs of consumers keep an account for each household, named after the person: no employer. */
    private static boolean isHousehold(Map<RawField, String> cells, String account) {
        String full = cells.getOrDefault(
                RawField.FULL_NAME,
                cells.getOrDefault(RawField.FIRST_NAME, "") + " " + cells.getOrDefault(RawField.LAST_NAME, ""));
        return account.equalsIgnoreCase(full.strip());
    }

    private static Map<RawField, String> read(String json) {
        Map<RawField, String> cells = new EnumMap<>(RawField.class);
        try {
            cells.putAll(JsonExtract.MAPPER.readValue(json, CELLS));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cells of a mapped row that are no JSON", e);
        }
        return cells;
    }
}
