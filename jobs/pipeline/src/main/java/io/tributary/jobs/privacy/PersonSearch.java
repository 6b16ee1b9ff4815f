package io.tributary.jobs.privacy;

import io.tributary.jobs.StoppedException;
import io.tributary.jobs.plan.ErasedPeople;
import io.tributary.jobs.table.LakeTable;
import io.tributary.journal.EntryKeys;
import io.tributary.model.LookupKey;
import io.tributary.privacy.Identifier;
import io.tributary.privacy.Identifier.Kind;
import io.tributary.privacy.Traces;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Finds the golden records of people by what somebody named them by, and by all that these records name them by. Records with
 * one mailbox, page or key are one person; a name at a company may be a namesake's, and a line a colleague's.
 */
final class PersonSearch implements AutoCloseable {
    private final Dataset<Row> people;

    PersonSearch(SparkSession spark, LakeTable contacts) {
        this.people = contacts.read(spark)
                .selectExpr(PersonKeys.READ)
                .mapPartitions(new PersonKeys(), Encoders.row(PersonKeys.SCHEMA))
                .persist();
    }

    /**
     * Who was found.
     *
     * @param records {@code crm/object/id}
     * @param suppressed hashes that keep them out
     * @param unknown how many CRM ids and lines no record has
     */
    record Found(Set<String> records, Traces traces, Set<String> suppressed, long unknown) {}

    /**
     * @throws StoppedException if a line or a record id may be several people's
     */
    Found find(Collection<Identifier> asked) {
        Set<String> given = new TreeSet<>();
        Set<String> lines = new TreeSet<>();
        Set<String> ids = new TreeSet<>();
        for (Identifier one : asked) {
            switch (one.kind()) {
                case EMAIL, LINKEDIN -> given.add(text(one));
                case PHONE -> lines.add(text(one));
                case CRM_ID -> ids.add(one.value());
                case DOMAIN, HASH ->
                    throw new IllegalArgumentException("a " + one + " names nobody who could be erased");
            }
        }
        Map<String, Row> hits = new HashMap<>();
        Set<String> wanted = Set.copyOf(given);
        Set<String> theirLines = Set.copyOf(lines);
        Set<String> theirIds = Set.copyOf(ids);
        collect(
                hits,
                row -> overlap(row, "own", wanted)
                        || overlap(row, "supplied", wanted)
                        || overlap(row, "lines", theirLines)
                        || theirIds.contains(row.<String>getAs("record"))
                        || theirIds.contains(row.<String>getAs("record_id")));
        refuseSeveral(hits.values(), lines, ids);
        long unknown = unknown(hits.values(), lines, ids);
        Set<String> sure = new TreeSet<>(given);
        Set<String> lookups = new TreeSet<>();
        for (int before = -1; before < hits.size(); ) {
            before = hits.size();
            for (Row hit : hits.values()) {
                hit.<String>getList(hit.fieldIndex("own")).stream()
                        .filter(Traces::isSure)
                        .forEach(sure::add);
                if (hit.getAs("lookup_key") != null) {
                    lookups.add(hit.getAs("lookup_key"));
                }
            }
            Set<String> keys = Set.copyOf(sure);
            Set<String> same = Set.copyOf(lookups);
            collect(
                    hits,
                    row -> overlap(row, "own", keys)
                            || row.getAs("lookup_key") != null && same.contains(row.<String>getAs("lookup_key")));
        }
        return found(given, hits, lookups, unknown);
    }

    private Found found(Set<String> given, Map<String, Row> hits, Set<String> lookups, long unknown) {
        Set<String> keys = new TreeSet<>(given);
        Set<String> spellings = new TreeSet<>();
        for (Row hit : hits.values()) {
            keys.addAll(hit.getList(hit.fieldIndex("own")));
            keys.addAll(hit.getList(hit.fieldIndex("supplied")));
            spellings.addAll(hit.getList(hit.fieldIndex("spellings")));
        }
        Set<String> doubtful = new TreeSet<>(keys);
        doubtful.removeAll(given);
        keys.removeAll(ofOthers(hits, doubtful));
        Traces traces = Traces.of(keys)
                .alsoNamed(spellings.stream()
                        .map(text -> text.split("\n", 2))
                        .filter(pair -> keys.contains(pair[0]))
                        .map(pair -> pair[1])
                        .toList());
        Set<String> suppressed = new TreeSet<>();
        keys.stream()
                .filter(key -> Traces.isSure(key) || lookups.contains(key))
                .forEach(key -> suppressed.add(EntryKeys.hash(key)));
        hits.keySet().forEach(record -> {
            String[] parts = record.split("/", 3);
            suppressed.add(EntryKeys.hash(ErasedPeople.record(parts[0], parts[1], parts[2])));
        });
        return new Found(hits.keySet(), traces, suppressed, unknown);
    }

    /** Keys that are others' too: a namesake's own key, and a mailbox of somebody else that a provider took for theirs. */
    private Set<String> ofOthers(Map<String, Row> hits, Set<String> doubtful) {
        Set<String> records = Set.copyOf(hits.keySet());
        Set<String> keys = Set.copyOf(doubtful);
        Set<String> others = new HashSet<>();
        for (Row other : rows(row -> !records.contains(row.<String>getAs("record")) && overlap(row, "own", keys))) {
            String lookupKey = other.getAs("lookup_key");
            for (String key : other.<String>getList(other.fieldIndex("own"))) {
                if (keys.contains(key) && (Traces.isSure(key) || key.equals(lookupKey))) {
                    others.add(key);
                }
            }
        }
        return others;
    }

    private static void refuseSeveral(Collection<Row> hits, Set<String> lines, Set<String> ids) {
        for (String line : lines) {
            refuseSeveral(
                    hits.stream()
                            .filter(row -> overlap(row, "lines", Set.of(line)))
                            .toList(),
                    Kind.PHONE);
        }
        for (String id : ids) {
            refuseSeveral(
                    hits.stream()
                            .filter(row -> id.equals(row.getAs("record_id")))
                            .toList(),
                    Kind.CRM_ID);
        }
    }

    private static void refuseSeveral(List<Row> hits, Kind kind) {
        Set<String> people = hits.stream()
                .map(row ->
                        row.getAs("lookup_key") == null ? row.<String>getAs("record") : row.<String>getAs("lookup_key"))
                .collect(Collectors.toSet());
        if (people.size() > 1) {
            throw new StoppedException(
                    "a " + kind.id() + " that was given is that of " + people.size() + " people; nothing"
                            + " was erased. Name the one by an e-mail address, a LinkedIn page, or crm-id:CRM/OBJECT/ID");
        }
    }

    private static long unknown(Collection<Row> hits, Set<String> lines, Set<String> ids) {
        return lines.stream()
                        .filter(line -> hits.stream().noneMatch(row -> overlap(row, "lines", Set.of(line))))
                        .count()
                + ids.stream()
                        .filter(id -> hits.stream()
                                .noneMatch(row -> id.equals(row.getAs("record")) || id.equals(row.getAs("record_id"))))
                        .count();
    }

    private void collect(Map<String, Row> hits, FilterFunction<Row> which) {
        rows(which).forEach(row -> hits.put(row.getAs("record"), row));
    }

    private List<Row> rows(FilterFunction<Row> which) {
        return people.filter(which).collectAsList();
    }

    private static boolean overlap(Row row, String column, Set<String> wanted) {
        return !Collections.disjoint(row.<String>getList(row.fieldIndex(column)), wanted);
    }

    private static String text(Identifier one) {
        return one.key().map(LookupKey::text).orElseThrow();
    }

    @Override
    public void close() {
        people.unpersist();
    }
}
