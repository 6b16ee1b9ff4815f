package io.tributary.jobs.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * One run at a time on a lake: a file that names the live run. A lock whose process is gone from this machine, or that
 * was not renewed for {@link #STALE}, belongs to a dead run and is taken over. Not thread-safe.
 */
public final class RunLock implements AutoCloseable {
    /** A lock older than this is a dead run's. */
    public static final Duration STALE = Duration.ofMinutes(5);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final FileSystem files;
    private final Path path;
    private final String runId;
    private final Clock clock;

    private RunLock(FileSystem files, Path path, String runId, Clock clock) {
        this.files = files;
        this.path = path;
        this.runId = runId;
        this.clock = clock;
    }

    /**
     * Takes the lock.
     *
     * @param directory where the lake keeps its own files
     * @throws LakeBusyException if another run is alive on this lake; its message names it and how to clear it
     */
    public static RunLock take(Configuration hadoop, Path directory, String runId, Clock clock) throws IOException {
        FileSystem files = directory.getFileSystem(hadoop);
        RunLock lock = new RunLock(files, new Path(directory, "run.lock"), runId, clock);
        files.mkdirs(directory);
        if (lock.create()) {
            return lock;
        }
        Owner owner = lock.owner();
        if (owner.alive(clock.instant())) {
            throw new LakeBusyException("run " + owner.runId() + " is at work on this lake (process " + owner.pid()
                    + " on " + owner.host() + ", last sign of life " + owner.renewedAt()
                    + "). Wait for it, or if it is dead: tributary unlock --run " + owner.runId());
        }
        files.delete(lock.path, false);
        if (!lock.create()) {
            throw new LakeBusyException(
                    "another run took the lock of this lake just now; start again when it has ended");
        }
        return lock;
    }

    /**
     * Removes the lock of a dead run.
     *
     * @return whether there was a lock of that run
     */
    public static boolean clear(Configuration hadoop, Path directory, String runId) throws IOException {
        FileSystem files = directory.getFileSystem(hadoop);
        RunLock lock = new RunLock(files, new Path(directory, "run.lock"), runId, Clock.systemUTC());
        return files.exists(lock.path) && lock.owner().runId().equals(runId) && files.delete(lock.path, false);
    }

    /** Shows that the run is alive; to be called more often than {@link #STALE}. */
    public void renew() throws IOException {
        try (OutputStream out = files.create(path, true)) {
            out.write(content());
        }
    }

    /** Gives the lake free again; safe to call twice, and never removes another run's lock. */
    @Override
    public void close() throws IOException {
        if (files.exists(path) && owner().runId().equals(runId)) {
            files.delete(path, false);
        }
    }

    private boolean create() throws IOException {
        try (OutputStream out = files.create(path, false)) {
            out.write(content());
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (IOException e) {
            if (files.exists(path)) {
                return false;
            }
            throw e;
        }
    }

    private byte[] content() throws IOException {
        return JSON.createObjectNode()
                .put("run_id", runId)
                .put("host", InetAddress.getLocalHost().getHostName())
                .put("pid", ProcessHandle.current().pid())
                .put("renewed_at", clock.instant().toString())
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    private Owner owner() throws IOException {
        try (var in = files.open(path)) {
            JsonNode node = JSON.readTree(in.readAllBytes());
            return new Owner(
                    node.path("run_id").asText("?"),
                    node.path("host").asText("?"),
                    node.path("pid").asLong(-1),
                    Instant.parse(node.path("renewed_at").asText("1970-01-01T00:00:00Z")));
        }
    }

    private record Owner(String runId, String host, long pid, Instant renewedAt) {
        boolean alive(Instant now) throws IOException {
            if (host.equals(InetAddress.getLocalHost().getHostName())) {
                return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
            }
            return Duration.between(renewedAt, now).compareTo(STALE) < 0;
        }
    }
}
