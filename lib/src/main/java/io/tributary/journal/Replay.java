package io.tributary.journal;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What earlier attempts of a bucket already did: the answers that need not be asked again, and the asks of which nothing
 * is known but that they may have been sent. Immutable.
 */
public final class Replay {
    private final Map<String, Entry> ended;
    private final Map<String, Intent> unresolved;
    private final List<Segment> torn;

    private Replay(Map<String, Entry> ended, Map<String, Intent> unresolved, List<Segment> torn) {
        this.ended = Map.copyOf(ended);
        this.unresolved = Map.copyOf(unresolved);
        this.torn = List.copyOf(torn);
    }

    /** A bucket that nobody has worked yet. */
    public static Replay nothing() {
        return new Replay(Map.of(), Map.of(), List.of());
    }

    /**
     * Reads a bucket of a run. Of a torn segment, the records whose checksum holds are believed: they were paid for.
     *
     * @throws IllegalStateException if two entries of one key were made from different inputs
     */
    public static Replay of(JournalStore store, String run, int bucket) throws IOException {
        Map<String, Entry> ended = new LinkedHashMap<>();
        Map<String, Intent> intents = new LinkedHashMap<>();
        List<Segment> torn = new ArrayList<>();
        for (String path : store.list(SegmentPath.bucketFolder(run, bucket))) {
            try (InputStream in = store.open(path)) {
                Segment segment = SegmentCodec.read(path, in);
                if (!segment.isWhole()) {
                    torn.add(segment);
                }
                segment.intents().forEach(intent -> intents.put(intent.entryKey(), intent));
                for (Entry entry : segment.entries()) {
                    if (entry.last()) {
                        keep(ended, entry);
                    }
                }
            }
        }
        intents.keySet().removeAll(ended.keySet());
        return new Replay(ended, intents, torn);
    }

    private static void keep(Map<String, Entry> ended, Entry entry) {
        Entry before = ended.get(entry.entryKey());
        if (before != null && !before.inputHash().equals(entry.inputHash())) {
            throw new IllegalStateException("one journal key with two inputs: " + entry);
        }
        if (before == null
                || !before.outcome().isAnswer() && before.atMillis() <= entry.atMillis()
                || entry.outcome().isAnswer() && before.atMillis() <= entry.atMillis()) {
            ended.put(entry.entryKey(), entry);
        }
    }

    /** How an ask ended, if it did. */
    public Optional<Entry> ended(String entryKey) {
        return Optional.ofNullable(ended.get(entryKey));
    }

    /** Whether an ask was about to be sent and its end is not known. */
    public boolean isUnresolved(String entryKey) {
        return unresolved.containsKey(entryKey);
    }

    /** The asks that may have been sent and have no entry. */
    public List<Intent> unresolved() {
        return List.copyOf(unresolved.values());
    }

    /** Segments that are not whole. */
    public List<Segment> torn() {
        return torn;
    }
}
