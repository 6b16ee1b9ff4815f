package io.tributary.jobs;

import java.util.ArrayList;
import java.util.List;

/**
 * Somebody outside wants the run to end soon, without losing anything: a signal, a scheduler. Whatever takes long says how it
 * is cut short. Thread-safe.
 */
public final class StopRequest {
    private final List<Runnable> waysOut = new ArrayList<>();
    private boolean made;

    /** Asks for the end; a second time changes nothing. Returns whether it was the first time. */
    public boolean make() {
        List<Runnable> now;
        synchronized (this) {
            if (made) {
                return false;
            }
            made = true;
            now = List.copyOf(waysOut);
        }
        now.forEach(Runnable::run);
        return true;
    }

    public synchronized boolean isMade() {
        return made;
    }

    /**
     * Something begins that can be cut short; if the request was made already, it is cut short at once.
     *
     * @param wayOut quick, from any thread, at most once
     * @return to be closed when it has ended
     */
    public Begun during(Runnable wayOut) {
        boolean late;
        synchronized (this) {
            late = made;
            waysOut.add(wayOut);
        }
        if (late) {
            wayOut.run();
        }
        return () -> ended(wayOut);
    }

    private synchronized void ended(Runnable wayOut) {
        waysOut.remove(wayOut);
    }

    /** Something that can be cut short. */
    public interface Begun extends AutoCloseable {
        @Override
        void close();
    }
}
