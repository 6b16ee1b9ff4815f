package io.tributary.quota;

import java.util.List;

/** The right to send one call, from {@link Gate#admit}. It is given back once; a second time is ignored. */
public final class Permit {
    private final List<Ring> rings;
    private final int key;
    private final int items;
    private final long grantedNanos;
    private final long lapses;
    private boolean open = true;

    /**
     * @param rings the windows that the call counts in
     * @param lapses how many leases had run out before
     */
    Permit(List<Ring> rings, int key, int items, long grantedNanos, long lapses) {
        this.rings = List.copyOf(rings);
        this.key = key;
        this.items = items;
        this.grantedNanos = grantedNanos;
        this.lapses = lapses;
    }

    List<Ring> rings() {
        return rings;
    }

    int key() {
        return key;
    }

    int items() {
        return items;
    }

    long lapses() {
        return lapses;
    }

    /** When it was granted, on the elapsed clock. */
    public long grantedNanos() {
        return grantedNanos;
    }

    /** Whether this is the first time that it is closed; guarded by the gate. */
    boolean close() {
        boolean first = open;
        open = false;
        return first;
    }
}
