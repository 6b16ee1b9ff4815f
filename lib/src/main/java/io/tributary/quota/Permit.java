package io.tributary.quota;

/** The right to send one call, from {@link Gate#admit}. It is given back once; a second time is ignored. */
public final class Permit {
    private final String endpoint;
    private final int items;
    private final long grantedNanos;
    private boolean open = true;

    Permit(String endpoint, int items, long grantedNanos) {
        this.endpoint = endpoint;
        this.items = items;
        this.grantedNanos = grantedNanos;
    }

    String endpoint() {
        return endpoint;
    }

    int items() {
        return items;
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
