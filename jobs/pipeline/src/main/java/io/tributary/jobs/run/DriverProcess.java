package io.tributary.jobs.run;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.UUID;
import java.util.function.LongPredicate;

/**
 * The process of a run's driver, as another process can find it again. Immutable.
 *
 * @param host its name; empty if the machine has none
 * @param pid its number there
 * @param numbering whose numbers of processes these are: of which system since it was started, and of which container; empty where
 *     nobody can tell, or an older version wrote it
 * @param id made up at the start, so that a driver knows itself again; empty if an older version wrote it
 */
record DriverProcess(String host, long pid, String numbering, String id) {
    private static final Path SYSTEM = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Path NAMESPACE = Path.of("/proc/self/ns/pid");

    DriverProcess {
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(numbering, "numbering");
        Objects.requireNonNull(id, "id");
    }

    /** This process. */
    static DriverProcess current() {
        return new DriverProcess(
                hostName(),
                ProcessHandle.current().pid(),
                numberingHere(),
                UUID.randomUUID().toString());
    }

    /**
     * Whether it is surely gone, seen from here. That a number stands for no process says so only where the process would be
     * seen: on the same host, with the same numbering, and where the processes of other users are not hidden.
     */
    boolean isGone() {
        return isGone(
                number -> ProcessHandle.of(number).map(ProcessHandle::isAlive).orElse(false));
    }

    /** @param seen whether a number stands for a process that lives and is seen; the first one always lives */
    boolean isGone(LongPredicate seen) {
        return !host.isEmpty()
                && host.equals(hostName())
                && (numbering.isEmpty() || numbering.equals(numberingHere()) && seen.test(1))
                && !seen.test(pid);
    }

    private static String numberingHere() {
        try {
            return Files.readString(SYSTEM).strip() + " " + Files.readSymbolicLink(NAMESPACE);
        } catch (IOException | UnsupportedOperationException nobodyCanTell) {
            return "";
        }
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (IOException nameless) {
            return "";
        }
    }

    /** For a person who has to find it. */
    @Override
    public String toString() {
        return "process " + pid + " on " + (host.isEmpty() ? "a machine without a name" : host);
    }
}
