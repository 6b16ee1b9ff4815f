package io.tributary.journal;

import java.util.List;

/**
 * What a segment holds.
 *
 * @param path where it lies
 * @param intents the asks that come after it
 * @param entries the answers since the segment before
 * @param torn empty for a whole segment; else what is wrong with it, and then only records whose checksum holds are here
 */
public record Segment(String path, List<Intent> intents, List<Entry> entries, String torn) {
    public Segment {
        intents = List.copyOf(intents);
        entries = List.copyOf(entries);
    }

    public boolean isWhole() {
        return torn.isEmpty();
    }
}
