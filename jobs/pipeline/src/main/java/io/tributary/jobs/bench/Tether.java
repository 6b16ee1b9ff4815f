package io.tributary.jobs.bench;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Ends a process when this one ends, however that happens: also by {@code kill -9}, after which nobody here could do it.
 * Thread-safe.
 *
 * <p>A shell waits for the end of a pipe that only this process can write to, and that the operating system closes with it.
 */
public final class Tether implements AutoCloseable {
    /** With its children: a worker's executor that stands still would not notice. */
    private static final String AT_THE_END = "trap '' INT HUP TERM; read -r never;"
            + " kill -9 $(cat /proc/\"$1\"/task/*/children 2>/dev/null) \"$1\" 2>/dev/null";

    private final Process shell;

    private Tether(Process shell) {
        this.shell = shell;
    }

    /**
     * Ties a process, until it ends by itself.
     *
     * @return the process
     * @throws UncheckedIOException if there is no shell; then the process is killed
     */
    public static Process tied(Process process) {
        try {
            Tether tether = to(process.toHandle());
            process.onExit().thenRun(tether::close);
            return process;
        } catch (IOException noShell) {
            process.destroyForcibly();
            throw new UncheckedIOException(noShell);
        }
    }

    /** Ties a process until closed. */
    public static Tether to(ProcessHandle process) throws IOException {
        return new Tether(new ProcessBuilder("sh", "-c", AT_THE_END, "tether", Long.toString(process.pid()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    /** Lets the process live on. */
    @Override
    public void close() {
        shell.destroyForcibly();
    }
}
