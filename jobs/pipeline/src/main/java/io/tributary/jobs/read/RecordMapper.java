package io.tributary.jobs.read;

import static io.tributary.jobs.read.MappedColumns.first;

import io.tributary.identity.CrmIds;
import io.tributary.identity.RawField;
import io.tributary.mapping.ColumnMapping;
import io.tributary.model.EntityKind;
import io.tributary.model.Field;
import io.tributary.settings.SourceSettings;
import java.io.Serializable;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Gives the columns of one record their meaning. Pure and deterministic; shipped to the executors. What is to be dropped
 * is gone from here on.
 *
 * @param source the source
 * @param names header to golden column, for every column that is carried
 */
record RecordMapper(SourceSettings source, Map<String, String> names) implements Serializable {
    RecordMapper {
        names = new LinkedHashMap<>(names);
    }

    /** The row of {@link MappedRows} for one record of an extract. */
    Row map(String extract, Instant extractedAt, Scanned scanned) {
        if (scanned instanceof Scanned.Unreadable bad) {
            return rejected(extract, extractedAt, bad.row(), "", bad.reason(), bad.detail());
        }
        Scanned.Readable record = (Scanned.Readable) scanned;
        ColumnMapping mapping = source.mapping();
        Map<String, String> values = record.values();
        if (!mapping.drop().isEmpty()) {
            values = new LinkedHashMap<>(values);
            values.keySet().removeIf(header -> MappedColumns.isDropped(mapping, header));
        }
        String id = first(values, mapping.recordId()).orElse("");
        if (id.isEmpty()) {
            String column = mapping.recordId().get(0);
            return rejected(extract, extractedAt, record.row(), "", "record_id", "no value in column " + column);
        }
        Optional<String> modified = first(values, mapping.modifiedAt());
        Optional<Instant> modifiedAt = modified.flatMap(CrmTime::read);
        if (modified.isPresent() && modifiedAt.isEmpty()) {
            return rejected(extract, extractedAt, record.row(), id, "type", "modified-at: expected a time");
        }
        Map<String, String> crm = new TreeMap<>();
        for (Map.Entry<String, List<String>> field : mapping.fields().entrySet()) {
            first(values, field.getValue()).ifPresent(value -> crm.put(field.getKey(), value));
        }
        Optional<String> reference = companyReference(crm);
        String account = first(values, mapping.accountId())
                .map(RecordMapper::primary)
                .or(() -> reference)
                .orElse("");
        Map<String, String> carried = new TreeMap<>();
        for (Map.Entry<String, String> column : names.entrySet()) {
            if (values.containsKey(column.getKey())) {
                carried.put(column.getValue(), values.get(column.getKey()));
            }
        }
        String lifeCycle = MappedColumns.lifeCycle(mapping.lifeCycle(), values);
        String crmJson = MappedRows.json(crm);
        String carriedJson = MappedRows.json(carried);
        return RowFactory.create(
                source.crm(),
                source.object().id(),
                source.object().entity().id(),
                extract,
                record.row(),
                CrmTime.micros(extractedAt),
                id,
                null,
                null,
                modifiedAt.map(CrmTime::micros).orElse(null),
                ContentHash.of(source.crm(), source.object().id(), id, lifeCycle, account, crmJson, carriedJson),
                lifeCycle,
                account.isEmpty() ? null : account,
                reference.orElse(null),
                MappedRows.json(mergedIds(values)),
                MappedRows.json(raw(crm, values)),
                crmJson,
                carriedJson);
    }

    private Row rejected(String extract, Instant extractedAt, long row, String id, String reason, String detail) {
        Object[] cells = new Object[MappedRows.SCHEMA.size()];
        List<Object> head = Arrays.asList(
                source.crm(),
                source.object().id(),
                source.object().entity().id(),
                extract,
                row,
                CrmTime.micros(extractedAt),
                id.isEmpty() ? null : id,
                reason,
                detail);
        System.arraycopy(head.toArray(), 0, cells, 0, head.size());
        return RowFactory.create(cells);
    }

    /** Takes a record id out of the company's name: it is kept as the account's id, and never is a name. */
    private Optional<String> companyReference(Map<String, String> crm) {
        String path = Field.PERSON_COMPANY_NAME.path();
        if (source.object().entity() != EntityKind.PERSON || !CrmIds.looksLikeCrmId(crm.getOrDefault(path, ""))) {
            return Optional.empty();
        }
        return Optional.of(crm.remove(path));
    }

    private Map<RawField, String> raw(Map<String, String> crm, Map<String, String> values) {
        Map<RawField, String> raw = new EnumMap<>(RawField.class);
        crm.forEach((path, value) -> rawField(path).ifPresent(field -> raw.put(field, value)));
        source.mapping().identifiers().forEach((name, columns) -> first(values, columns)
                .ifPresent(v -> raw.put(RawField.valueOf(name.toUpperCase(Locale.ROOT)), v)));
        return raw;
    }

    private Optional<RawField> rawField(String path) {
        return Field.at(source.object().entity(), path).flatMap(field -> switch (field) {
            case PERSON_EMAIL -> Optional.of(RawField.EMAIL);
            case PERSON_FULL_NAME -> Optional.of(RawField.FULL_NAME);
            case PERSON_FIRST_NAME -> Optional.of(RawField.FIRST_NAME);
            case PERSON_LAST_NAME -> Optional.of(RawField.LAST_NAME);
            case PERSON_PHONE, COMPANY_PHONE -> Optional.of(RawField.PHONE);
            case PERSON_LINKEDIN, COMPANY_LINKEDIN -> Optional.of(RawField.LINKEDIN);
            case PERSON_COMPANY_NAME, COMPANY_NAME -> Optional.of(RawField.COMPANY_NAME);
            case PERSON_COMPANY_DOMAIN, COMPANY_DOMAIN -> Optional.of(RawField.WEBSITE);
            case PERSON_CITY, COMPANY_CITY -> Optional.of(RawField.CITY);
            case PERSON_STATE, COMPANY_STATE -> Optional.of(RawField.STATE);
            case PERSON_COUNTRY, COMPANY_COUNTRY -> Optional.of(RawField.COUNTRY);
            default -> Optional.empty();
        });
    }

    /** Where a record belongs to several accounts, HubSpot names the primary one first. */
    private static String primary(String ids) {
        return ids.split(";")[0].strip();
    }

    private List<String> mergedIds(Map<String, String> values) {
        return first(values, source.mapping().lifeCycle().mergedIds()).stream()
                .flatMap(ids -> Arrays.stream(ids.split("[;,]")))
                .map(String::strip)
                .filter(id -> !id.isEmpty())
                .toList();
    }
}
