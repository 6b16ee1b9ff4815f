package io.tributary.jobs.identities;

import io.tributary.identity.Identify;
import io.tributary.identity.Identity;
import io.tributary.identity.Options;
import io.tributary.identity.RawField;
import io.tributary.identity.RawSubject;
import io.tributary.model.EntityKind;
import io.tributary.model.Field;
import io.tributary.model.LookupKey;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Answers into rows of {@code identities}. An answer is read as a CRM row of the same content would be, so a shared mailbox or
 * a switchboard is no identifier here either.
 */
record NamedIdentifiers(Options options) implements MapPartitionsFunction<Row, Row> {
    private static final long serialVersionUID = 1L;

    @Override
    public Iterator<Row> call(Iterator<Row> answers) {
        Identify identify = Identify.standard(options);
        List<Row> rows = new ArrayList<>();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                while (rows.isEmpty() && answers.hasNext()) {
                    rows.addAll(identifiers(identify, answers.next()));
                }
                return !rows.isEmpty();
            }

            @Override
            public Row next() {
                if (!hasNext()) {
                    throw new java.util.NoSuchElementException();
                }
                return rows.remove(rows.size() - 1);
            }
        };
    }

    private static List<Row> identifiers(Identify identify, Row answer) {
        EntityKind entity = EntityKind.of(answer.getAs("entity"));
        Map<LookupKey, String> tellers = new LinkedHashMap<>();
        int recorded = answer.fieldIndex("recorded");
        if (!answer.isNullAt(recorded)) {
            answer.<String>getList(recorded).forEach(alias -> tellers.put(LookupKey.parse(alias), "record"));
        }
        Identity named = identify.of(new RawSubject(entity, cells(entity, answer.getAs(entity.id()))));
        named.key().ifPresent(key -> tellers.put(key, "answer"));
        named.aliases().forEach(key -> tellers.put(key, "answer"));
        tellers.putIfAbsent(LookupKey.parse(answer.getAs("lookup_key")), "record");
        return tellers.entrySet().stream()
                .map(each -> RowFactory.create(
                        each.getKey().hash(),
                        each.getKey().kind().id(),
                        entity.id(),
                        answer.getAs("lookup_key"),
                        each.getValue(),
                        answer.getAs("provider"),
                        answer.getAs("response_id"),
                        answer.getAs("fetched_at"),
                        answer.getAs("run_id")))
                .toList();
    }

    private static Map<RawField, String> cells(EntityKind entity, Row profile) {
        Map<RawField, String> cells = new EnumMap<>(RawField.class);
        if (profile != null) {
            for (RawField cell : RawField.values()) {
                Optional<Field> field = cell.field(entity);
                field.ifPresent(one -> cells.put(cell, profile.getAs(one.column())));
            }
        }
        return cells;
    }
}
