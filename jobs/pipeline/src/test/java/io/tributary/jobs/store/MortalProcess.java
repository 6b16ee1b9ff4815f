package io.tributary.jobs.store;

import io.tributary.jobs.store.CrashPoint.Moment;
import io.tributary.jobs.store.CrashPoint.Write;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a process is to a disk: it does one thing after the other, and from some point on nothing more. Each reaches the disk
 * under a name of its own, so that nothing of a dead one, a thread or a cached object, can ever write for the next. Thread-safe.
 */
public final class MortalProcess {
    /** Hadoop makes file systems by itself, and knows a process only by the name in a path. */
    private static final Map<String, MortalProcess> ALL = new ConcurrentHashMap<>();

    private final String name;
    private final Optional<CrashPoint> end;
    private final List<String> writes = new ArrayList<>();
    private int matching;
    private boolean dead;

    private MortalProcess(String name, Optional<CrashPoint> end) {
        this.name = name;
        this.end = end;
    }

    /** A process that dies there. */
    public static MortalProcess until(CrashPoint end) {
        return start(Optional.of(end));
    }

    /** A process that lives. */
    public static MortalProcess inPeace() {
        return start(Optional.empty());
    }

    private static synchronized MortalProcess start(Optional<CrashPoint> end) {
        MortalProcess process = new MortalProcess("process-" + ALL.size(), end);
        ALL.put(process.name, process);
        return process;
    }

    static MortalProcess named(String name) {
        return Optional.ofNullable(ALL.get(name))
                .orElseThrow(() -> new IllegalArgumentException("there is no process " + name));
    }

    /** A folder of the disk, as this process reaches it. */
    public String place(java.nio.file.Path folder) {
        return CrashFileSystem.SCHEME + "://" + name + folder.toAbsolutePath();
    }

    public synchronized boolean isDead() {
        return dead;
    }

    /** What it wrote, in order; the last of a dead one is that at which it died. */
    public synchronized List<String> writes() {
        return List.copyOf(writes);
    }

    /** @throws IOException if it is dead */
    synchronized void live() throws IOException {
        if (dead) {
            throw death();
        }
    }

    /**
     * Begins an operation.
     *
     * @return where in it the process dies; empty if it does not
     * @throws IOException if it is dead, or dies before the operation
     */
    synchronized Optional<Moment> begin(Write write, String path) throws IOException {
        live();
        writes.add(write + " " + path);
        if (end.isEmpty()
                || !end.get().matches(write, path)
                || ++matching != end.get().nth()) {
            return Optional.empty();
        }
        Moment moment = end.get().moment();
        if (moment == Moment.BEFORE || moment == Moment.TORN && write != Write.FILE) {
            throw die();
        }
        return Optional.of(moment);
    }

    /** From here on it is dead; what to throw. */
    synchronized IOException die() {
        dead = true;
        return death();
    }

    private IOException death() {
        return new IOException(name + " is dead");
    }
}
