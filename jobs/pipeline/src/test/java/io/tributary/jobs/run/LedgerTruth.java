package io.tributary.jobs.run;

import io.tributary.model.KeyKind;
import io.tributary.model.LookupKey;
import io.tributary.model.Outcome;
import io.tributary.sandbox.ledger.CallEntry;
import io.tributary.sandbox.ledger.Fate;
import io.tributary.sandbox.ledger.Ledger;
import io.tributary.sandbox.wire.Truth;
import io.tributary.sandbox.world.Inputs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Holds history to the sandbox's own books: what became of a key is what the provider last meant by its answers about that
 * key. The sandbox must list all of its calls.
 */
final class LedgerTruth {
    private LedgerTruth() {}

    /** Where history and ledger differ at one provider, in words, one line for each key; empty if they agree. */
    static List<String> disagreements(Ledger ledger, String provider, Dataset<Row> history) {
        Map<String, CallEntry> meant = new TreeMap<>();
        ledger.entries(provider).stream()
                .filter(entry -> !entry.input().isEmpty())
                .forEach(entry -> meant.put(subject(entry), entry));
        Map<String, Row> read = new TreeMap<>();
        history.filter(history.col("provider").equalTo(provider))
                .orderBy("fetched_at")
                .collectAsList()
                .forEach(row -> read.put(subject(LookupKey.parse(row.getAs("lookup_key"))), row));
        Set<String> subjects = new TreeSet<>(meant.keySet());
        subjects.addAll(read.keySet());
        List<String> differences = new ArrayList<>();
        for (String subject : subjects) {
            CallEntry entry = meant.get(subject);
            Row row = read.get(subject);
            if (entry == null) {
                differences.add(subject + ": " + words(row) + ", but the provider was never asked");
            } else if (row == null) {
                differences.add(subject + ": " + words(entry) + ", but history does not know of it");
            } else if (!allowed(entry).contains(Outcome.valueOf(row.getAs("outcome")))) {
                differences.add(subject + ": " + words(entry) + ", but was read as " + words(row));
            }
        }
        return differences;
    }

    /** What an honest client may make of it. */
    private static Set<Outcome> allowed(CallEntry entry) {
        if (entry.fate() == Fate.LOST) {
            return Set.of(Outcome.UNKNOWN);
        }
        return switch (entry.truth()) {
            case FOUND -> Set.of(Outcome.MATCHED, Outcome.PARTIAL);
            case MISSED -> Set.of(Outcome.NOT_FOUND);
            case SUPPRESSED -> Set.of(Outcome.SUPPRESSED);
            case UNREADABLE -> Set.of(Outcome.REJECTED);
            case LATER -> Set.of(Outcome.PENDING);
            case UNANSWERED -> Set.of(Outcome.FAILED, Outcome.UNKNOWN);
        };
    }

    private static String subject(CallEntry entry) {
        return (entry.entity().startsWith("company") ? "company " : "person ") + entry.input();
    }

    /** A key as the sandbox writes the subject. */
    private static String subject(LookupKey key) {
        String input = key.kind() == KeyKind.LINKEDIN_PERSON ? Inputs.linkedin(key.value()) : key.value();
        return key.kind().entity().id() + " " + input;
    }

    private static String words(CallEntry entry) {
        return "call " + entry.call() + " " + entry.operation() + " meant "
                + (entry.fate() == Fate.LOST ? "an answer that was lost" : word(entry.truth())) + " (" + entry.status()
                + ")";
    }

    private static String word(Truth truth) {
        return truth.id();
    }

    private static String words(Row row) {
        return row.getAs("outcome") + " " + row.getAs("reason") + " by " + row.getAs("operation");
    }
}
