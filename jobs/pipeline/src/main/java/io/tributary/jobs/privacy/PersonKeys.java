package io.tributary.jobs.privacy;

import io.tributary.model.KeyKind;
import io.tributary.model.LookupKey;
import io.tributary.privacy.Identifier;
import io.tributary.privacy.Identifier.Kind;
import io.tributary.privacy.UnusableIdentifierException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** Golden records of people as an erasure sees them: by what each can be found. Runs on executors. */
final class PersonKeys implements MapPartitionsFunction<Row, Row> {
    private static final long serialVersionUID = 1L;

    /** The columns of a golden table that it reads. */
    static final String[] READ = {
        "_crm_source",
        "_crm_object",
        "_crm_id",
        "_lookup_key",
        "_aliases",
        "email",
        "linkedin",
        "phone",
        "_inputs",
        "_crm"
    };

    /**
     * {@code own}: the keys that the CRM gives the person; {@code supplied}: those of an address or page that a provider filled
     * in; {@code lines}: keys of telephones; {@code spellings}: key, line feed, and how an address or page is written.
     */
    static final StructType SCHEMA = StructType.fromDDL("record STRING, record_id STRING, lookup_key STRING,"
            + " own ARRAY<STRING>, supplied ARRAY<STRING>, lines ARRAY<STRING>, spellings ARRAY<STRING>");

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public Row next() {
                return keys(rows.next());
            }
        };
    }

    private static Row keys(Row row) {
        String lookupKey = row.getAs("_lookup_key");
        Set<String> own = new TreeSet<>();
        if (lookupKey != null) {
            own.add(lookupKey);
        }
        int aliases = row.fieldIndex("_aliases");
        if (!row.isNullAt(aliases)) {
            own.addAll(row.getList(aliases));
        }
        Set<String> supplied = new TreeSet<>();
        Set<String> spellings = new TreeSet<>();
        for (String email : texts(row, "email")) {
            key(Kind.EMAIL, email).ifPresent(key -> {
                supplied.add(key);
                spellings.add(key + '\n' + email);
            });
        }
        for (String page : texts(row, "linkedin")) {
            key(Kind.LINKEDIN, page)
                    .filter(key -> LookupKey.parse(key).kind() == KeyKind.LINKEDIN_PERSON)
                    .ifPresent(key -> {
                        supplied.add(key);
                        int path = page.indexOf("linkedin.com/");
                        spellings.add(key + '\n' + (path < 0 ? page : page.substring(path)));
                    });
        }
        supplied.removeAll(own);
        Set<String> lines = new TreeSet<>();
        own.stream().filter(key -> key.startsWith("phone:")).forEach(key -> lines.add(key.replaceFirst("\\|.*", "")));
        texts(row, "phone").forEach(phone -> key(Kind.PHONE, phone).ifPresent(lines::add));
        return RowFactory.create(
                row.getAs("_crm_source") + "/" + row.getAs("_crm_object") + "/" + row.getAs("_crm_id"),
                row.getAs("_crm_id"),
                lookupKey,
                own.toArray(String[]::new),
                supplied.toArray(String[]::new),
                lines.toArray(String[]::new),
                spellings.toArray(String[]::new));
    }

    /** What the golden row, what may be sent, and the CRM have in that field. */
    private static List<String> texts(Row row, String field) {
        List<String> texts = new ArrayList<>();
        if (row.getAs(field) != null) {
            texts.add(row.getAs(field));
        }
        for (String map : new String[] {"_inputs", "_crm"}) {
            int index = row.fieldIndex(map);
            Map<String, String> values = row.isNullAt(index) ? Map.of() : row.getJavaMap(index);
            String text = values.get(field);
            if (text != null) {
                texts.add(text);
            }
        }
        return texts;
    }

    private static Optional<String> key(Kind kind, String text) {
        try {
            return Identifier.of(kind, text).key().map(LookupKey::text);
        } catch (UnusableIdentifierException namesNobody) {
            return Optional.empty();
        }
    }
}
