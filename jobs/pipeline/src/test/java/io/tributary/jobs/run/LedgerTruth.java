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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Holds history to the sandbox's own books: what became of a key is what the provider last meant by its answers about that
 * key. The sandbox must list all of its calls.
 */
final class LedgerTruth {
    private LedgerTruth() {}

    /**
     * Where history and ledger differ at one provider, in words, one line for each key; empty if they agree.
     *
     * @param work what was planned, which says by what else than its key a key may have been asked about
     */
    static List<String> disagreements(Ledger ledger, String provider, Dataset<Row> history, Dataset<Row> work) {
        Map<String, CallEntry> meant = new TreeMap<>();
        ledger.entries(provider).stream()
                .filter(entry -> !entry.input().isEmpty())
                .forEach(entry -> meant.put(subject(entry), entry));
        Map<String, List<String>> names = new TreeMap<>();
        work.collectAsList().forEach(row -> names.put(row.getAs("lookup_key"), names(row)));
        Map<String, Row> read = new TreeMap<>();
        Set<String> pending = new TreeSet<>();
        history.filter(history.col("provider").equalTo(provider))
                .orderBy("fetched_at")
                .collectAsList()
                .forEach(row -> {
                    String key = row.getAs("lookup_key");
                    read.put(key, row);
                    if (row.getAs("outcome").equals(Outcome.PENDING.name())) {
                        pending.add(key);
                    }
                });
        List<String> differences = new ArrayList<>();
        Set<String> unread = new TreeSet<>(meant.keySet());
        read.forEach((key, row) -> {
            Optional<String> subject = names.getOrDefault(key, List.of()).stream()
                    .filter(meant::containsKey)
                    .findFirst();
            subject.ifPresent(unread::remove);
            Optional<CallEntry> entry = subject.map(meant::get);
            if (entry.isEmpty() && row.getAs("outcome").equals(Outcome.FAILED.name())) {
                // It could not be asked any more.
                return;
            }
            if (entry.isEmpty()) {
                differences.add(key + ": " + words(row) + ", but the provider was never asked");
            } else if (!allowed(entry.get(), pending.contains(key)).contains(Outcome.valueOf(row.getAs("outcome")))) {
                differences.add(key + ": " + words(entry.get()) + ", but was read as " + words(row));
            }
        });
        unread.forEach(subject ->
                differences.add(subject + ": " + words(meant.get(subject)) + ", but history does not know of it"));
        return differences;
    }

    /** What an honest client may make of it. */
    private static Set<Outcome> allowed(CallEntry entry, boolean pending) {
        if (entry.truth() == Truth.LATER && pending) {
            // A look that failed, or was not sent any more, leaves the answer pending.
            return Set.of(Outcome.PENDING, Outcome.FAILED, Outcome.UNKNOWN);
        }
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

    /** How the sandbox may call the subject of a planned key, best first. */
    private static List<String> names(Row work) {
        LookupKey key = LookupKey.parse(work.getAs("lookup_key"));
        Map<String, String> inputs = work.getJavaMap(work.fieldIndex("inputs"));
        String entity = key.kind().entity().id() + " ";
        Set<String> names = new LinkedHashSet<>();
        names.add(entity + (key.kind() == KeyKind.LINKEDIN_PERSON ? Inputs.linkedin(key.value()) : key.value()));
        Optional.ofNullable(inputs.get("email")).map(Inputs::email).ifPresent(email -> names.add(entity + email));
        Optional.ofNullable(inputs.get("linkedin")).map(Inputs::linkedin).ifPresent(page -> names.add(entity + page));
        Optional<String> parts = Optional.ofNullable(inputs.get("first_name"))
                .flatMap(first -> Optional.ofNullable(inputs.get("last_name")).map(last -> first + " " + last));
        Stream.of(parts, Optional.ofNullable(inputs.get("full_name")))
                .flatMap(Optional::stream)
                .map(Inputs::words)
                .forEach(name -> Stream.of("domain", "company_name")
                        .map(inputs::get)
                        .filter(Objects::nonNull)
                        .forEach(employer -> names.add(entity + name + "|" + Inputs.words(employer))));
        return List.copyOf(names);
    }

    private static String words(CallEntry entry) {
        return "call " + entry.call() + " " + entry.operation() + " meant "
                + (entry.fate() == Fate.LOST
                        ? "an answer that was lost"
                        : entry.truth().id()) + " (" + entry.status()
                + ")";
    }

    private static String words(Row row) {
        return row.getAs("outcome") + " " + row.getAs("reason") + " by " + row.getAs("operation");
    }
}
