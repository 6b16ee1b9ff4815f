package io.tributary.journal;

import io.tributary.model.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * What earlier attempts of a bucket already did: the answers that need not be asked again, and the asks of which nothing
 * is known but that they may have been sent. Immutable.
 */
public final class Replay {
    private static final Comparator<SegmentPath> ORDER =
            Comparator.comparingLong(SegmentPath::attempt).thenComparingInt(SegmentPath::sequence);

    private final Map<String, Entry> ended;
    private final Map<String, Intent> unresolved;
    private final Map<String, Double> spent;
    private final List<Segment> torn;
    private final List<Intent> askedAgain;
    private final List<Open> open;

    /** Tries that may have been bought and that the same attempt followed up with another. */
    private final List<Entry> triedAgain;

    private Replay(
            Map<String, Entry> ended,
            Map<String, Intent> unresolved,
            Map<String, Double> spent,
            List<Segment> torn,
            List<Intent> askedAgain,
            List<Open> open,
            List<Entry> triedAgain) {
        this.ended = Map.copyOf(ended);
        this.unresolved = Map.copyOf(unresolved);
        this.spent = Map.copyOf(spent);
        this.torn = List.copyOf(torn);
        this.askedAgain = List.copyOf(askedAgain);
        this.open = List.copyOf(open);
        this.triedAgain = List.copyOf(triedAgain);
    }

    /** A bucket that nobody has worked yet. */
    public static Replay nothing() {
        return new Replay(Map.of(), Map.of(), Map.of(), List.of(), List.of(), List.of(), List.of());
    }

    /**
     * Reads a bucket of a run. Of a torn segment, the records whose checksum holds are believed: they were paid for.
     *
     * <p>Of several ends of one ask the strongest counts, and of equal ones the latest: an answer, then pending, then
     * unknown, then failed. So the order in which segments are listed does not matter, and a failure never hides an
     * earlier try that may have been bought. An intent is resolved by an answer of any attempt, and by any other end only
     * if its own attempt wrote that end after it.
     *
     * @throws IllegalStateException if two records of one key were made from different inputs
     */
    public static Replay of(JournalStore store, String run, int bucket) throws IOException {
        Reader reader = new Reader();
        for (SegmentPath path : store.list(SegmentPath.bucketFolder(run, bucket)).stream()
                .map(SegmentPath::parse)
                .sorted(ORDER)
                .toList()) {
            try (InputStream in = store.open(path.text())) {
                reader.take(path.attempt(), SegmentCodec.read(path.text(), in));
            }
        }
        return reader.replay();
    }

    /** The same for segments of one bucket of one run that were read already, in any order. */
    public static Replay of(Collection<Segment> segments) {
        Reader reader = new Reader();
        segments.stream()
                .sorted(Comparator.comparing(segment -> SegmentPath.parse(segment.path()), ORDER))
                .forEach(
                        segment -> reader.take(SegmentPath.parse(segment.path()).attempt(), segment));
        return reader.replay();
    }

    /**
     * A try that may have been bought and that its attempt left without an end.
     *
     * @param attempt that was about to send it
     */
    public record Open(long attempt, Intent intent) {}

    /** An ask as one attempt saw it. */
    private record Tried(long attempt, String entryKey) {}

    private static final class Reader {
        private static final Comparator<Entry> STRENGTH = Comparator.<Entry>comparingInt(
                        entry -> strength(entry.outcome()))
                .thenComparingLong(Entry::atMillis);

        private final Map<String, Entry> ended = new LinkedHashMap<>();
        private final Map<Tried, Intent> open = new LinkedHashMap<>();
        private final Map<String, String> inputs = new HashMap<>();
        private final Map<String, Double> spent = new HashMap<>();
        private final List<Segment> torn = new ArrayList<>();
        private final List<Entry> triedAgain = new ArrayList<>();

        /** Which attempt left it open whether an ask was bought. */
        private final Map<String, Long> doubtful = new HashMap<>();

        private final Map<Tried, Intent> again = new LinkedHashMap<>();

        /** What buys nothing: looks at what was accepted before, and tries that the provider has refused since. */
        private final Set<Tried> harmless = new HashSet<>();

        /** Of which an earlier try may have been bought: no later refusal makes them harmless. */
        private final Set<Tried> tainted = new HashSet<>();

        /** A segment's answers are older than its intents. */
        void take(long attempt, Segment segment) {
            if (!segment.isWhole()) {
                torn.add(segment);
            }
            for (Entry entry : segment.entries()) {
                requireSameInput(entry.entryKey(), entry.inputHash(), segment.path());
                spent.merge(entry.provider(), entry.credits(), Double::sum);
                if (entry.last() && entry.outcome() == Outcome.UNKNOWN) {
                    doubtful.put(entry.entryKey(), attempt);
                } else if (entry.outcome() == Outcome.UNKNOWN) {
                    triedAgain.add(entry);
                    tainted.add(new Tried(attempt, entry.entryKey()));
                } else if (!entry.last()) {
                    Tried refused = new Tried(attempt, entry.entryKey());
                    if (!tainted.contains(refused)) {
                        harmless.add(refused);
                    }
                } else {
                    doubtful.remove(entry.entryKey(), attempt);
                }
                if (entry.last()) {
                    open.remove(new Tried(attempt, entry.entryKey()));
                    ended.merge(
                            entry.entryKey(), entry, (old, young) -> STRENGTH.compare(old, young) <= 0 ? young : old);
                }
            }
            for (Intent intent : segment.intents()) {
                requireSameInput(intent.entryKey(), intent.inputHash(), segment.path());
                Tried tried = new Tried(attempt, intent.entryKey());
                open.put(tried, intent);
                Entry ended = this.ended.get(intent.entryKey());
                if (ended != null && ended.outcome() == Outcome.PENDING) {
                    harmless.add(tried);
                } else {
                    harmless.remove(tried);
                }
                Long before = doubtful.put(intent.entryKey(), attempt);
                if (before != null && before != attempt) {
                    again.put(tried, intent);
                }
            }
        }

        Replay replay() {
            Map<String, Intent> unresolved = new LinkedHashMap<>();
            open.values().stream()
                    .filter(intent -> !isSettled(ended.get(intent.entryKey())))
                    .forEach(intent -> unresolved.put(intent.entryKey(), intent));
            List<Open> left = open.entrySet().stream()
                    .filter(tried -> !harmless.contains(tried.getKey()))
                    .map(tried -> new Open(tried.getKey().attempt(), tried.getValue()))
                    .toList();
            return new Replay(ended, unresolved, spent, torn, List.copyOf(again.values()), left, triedAgain);
        }

        private void requireSameInput(String entryKey, String inputHash, String path) {
            String before = inputs.putIfAbsent(entryKey, inputHash);
            if (before != null && !before.equals(inputHash)) {
                throw new IllegalStateException("one journal key with two inputs: " + entryKey + " in " + path
                        + "; nothing of this bucket is asked until the segment is set aside");
            }
        }

        private static boolean isSettled(Entry entry) {
            return entry != null && (entry.outcome().isAnswer() || entry.outcome() == Outcome.PENDING);
        }

        private static int strength(Outcome outcome) {
            return switch (outcome) {
                case MATCHED, PARTIAL, NOT_FOUND, REJECTED, SUPPRESSED -> 3;
                case PENDING -> 2;
                case UNKNOWN -> 1;
                case FAILED -> 0;
            };
        }
    }

    /** How an ask ended, if it did. */
    public Optional<Entry> ended(String entryKey) {
        return Optional.ofNullable(ended.get(entryKey));
    }

    /** How each ask ended that did. */
    public Collection<Entry> ends() {
        return ended.values();
    }

    /** Whether an ask was about to be sent and its end is not known. */
    public boolean isUnresolved(String entryKey) {
        return unresolved.containsKey(entryKey);
    }

    /** The asks that may have been sent and whose end is not known; each once. */
    public List<Intent> unresolved() {
        return List.copyOf(unresolved.values());
    }

    /**
     * The most that the attempts so far can have spent at a provider: what their answers cost, the worst case of each ask
     * whose end is not known, and what each try that may have been bought and was made again adds to that.
     *
     * @param worst the worst case of one ask, by operation
     * @param again the same of a try that was made again: 0 where that is free
     */
    public double mayHaveSpent(String provider, ToDoubleFunction<String> worst, ToDoubleFunction<String> again) {
        double unknown = ended.values().stream()
                .filter(entry -> entry.provider().equals(provider) && entry.outcome() == Outcome.UNKNOWN)
                .filter(entry -> !unresolved.containsKey(entry.entryKey()))
                .mapToDouble(entry -> worst.applyAsDouble(entry.operation()))
                .sum();
        double open = unresolved.values().stream()
                .filter(intent -> intent.provider().equals(provider))
                .mapToDouble(intent -> worst.applyAsDouble(intent.operation()))
                .sum();
        double twice = askedAgain.stream()
                        .filter(intent -> intent.provider().equals(provider))
                        .mapToDouble(intent -> again.applyAsDouble(intent.operation()))
                        .sum()
                + triedAgain.stream()
                        .filter(entry -> entry.provider().equals(provider))
                        .mapToDouble(entry -> again.applyAsDouble(entry.operation()))
                        .sum();
        return spent.getOrDefault(provider, 0.0) + unknown + open + twice;
    }

    /**
     * The asks that a later attempt was about to send although an earlier one may have bought them; once for each attempt
     * that did.
     */
    public List<Intent> askedAgain() {
        return askedAgain;
    }

    /**
     * The tries that may have been bought and of which nothing more is known, whether their ask is {@link #unresolved} or another
     * attempt has made it again. Not among them: looks at what this run was promised, and tries that were refused.
     */
    public List<Open> open() {
        return open;
    }

    /** Segments that are not whole. */
    public List<Segment> torn() {
        return torn;
    }
}
