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

/**
 * Holds history to the sandbox's own books: what became of a key is what the provider last meant by its answers about that
 * key. The sandbox must list all of its calls.
 */
public final class LedgerTruth {
    /** A row of history, as far as it says what became of an ask. In the order in which the answers came. */
    public record Kept(String provider, String key, Outcome outcome, String reason, String operation) {}

    private LedgerTruth() {}

    /**
     * Where history and ledger differ at one provider, in words, one line for each key; empty if they agree.
     *
     * @param history in the order in which the answers came
     * @param inputs by key, what was known of it: by that, too, a key may have been asked about
     */
    public static List<String> disagreements(
            Ledger ledger, String provider, List<Kept> history, Map<String, Map<String, String>> inputs) {
        Map<String, CallEntry> meant = new TreeMap<>();
        ledger.entries(provider).stream()
                .filter(entry -> !entry.input().isEmpty())
                .forEach(entry -> meant.put(subject(entry), entry));
        Map<String, Kept> read = new TreeMap<>();
        Set<String> pending = new TreeSet<>();
        history.stream().filter(row -> row.provider().equals(provider)).forEach(row -> {
            read.put(row.key(), row);
            if (row.outcome() == Outcome.PENDING) {
                pending.add(row.key());
            }
        });
        List<String> differences = new ArrayList<>();
        Set<String> unread = new TreeSet<>(meant.keySet());
        read.forEach((key, row) -> {
            Optional<String> subject = names(LookupKey.parse(key), inputs.getOrDefault(key, Map.of())).stream()
                    .filter(meant::containsKey)
                    .findFirst();
            subject.ifPresent(unread::remove);
            Optional<CallEntry> entry = subject.map(meant::get);
            if (entry.isEmpty() && row.outcome() == Outcome.FAILED) {
                // It could not be asked any more.
                return;
            }
            if (entry.isEmpty()) {
                differences.add(key + ": " + words(row) + ", but the provider was never asked");
            } else if (!allowed(entry.get(), pending.contains(key)).contains(row.outcome())) {
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
    private static List<String> names(LookupKey key, Map<String, String> inputs) {
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

    private static String words(Kept row) {
        return row.outcome() + " " + row.reason() + " by " + row.operation();
    }
}
