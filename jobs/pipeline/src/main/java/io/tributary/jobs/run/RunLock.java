package io.tributary.jobs.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.jobs.store.Entries;
import io.tributary.jobs.store.StoredEntries;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * One run at a time on a lake: a log of numbered entries, the last of which says who holds the lake or that it is free.
 * Taking, renewing and giving back all write the next number, and only one run can write it; so a run finds out whenever
 * the lake was taken from it. A run whose process is gone from this machine, or that gave no sign of life for {@link
 * #STALE}, is dead, and the lake may be taken from it. Thread-safe.
 */
public final class RunLock implements AutoCloseable {
    /** A run that was silent for so long is dead. */
    public static final Duration STALE = Duration.ofMinutes(5);

    private static final int TRIES = 3;
    /** Entries that stay: Delta's stores look at the one before. */
    private static final int KEPT = 3;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Entries entries;
    private final String runId;
    private final Clock clock;
    private long number;

    private RunLock(Entries entries, String runId, Clock clock) {
        this.entries = entries;
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
        return take(entries(hadoop, directory), runId, clock);
    }

    static RunLock take(Entries entries, String runId, Clock clock) throws IOException {
        RunLock lock = new RunLock(entries, runId, clock);
        for (int tries = 0; tries < TRIES; tries++) {
            OptionalLong last = entries.last();
            if (last.isPresent()) {
                Owner owner;
                try {
                    owner = owner(entries, last.getAsLong());
                } catch (FileNotFoundException prunedMeanwhile) {
                    continue;
                }
                if (owner.alive(clock.instant())) {
                    throw new LakeBusyException("run " + owner.runId() + " is at work on this lake (process "
                            + owner.pid() + " on " + owner.host() + ", last sign of life " + owner.renewedAt()
                            + "). Wait for it, or if it is dead: tributary unlock --run " + owner.runId());
                }
            }
            if (lock.write(last.orElse(-1) + 1, "held")) {
                return lock;
            }
        }
        throw new LakeBusyException("other runs are taking the lock of this lake; start again when they have ended");
    }

    /**
     * Removes the lock of a dead run. Should it be alive after all, it stops when it next shows itself.
     *
     * @return whether there was a lock of that run
     */
    public static boolean clear(Configuration hadoop, Path directory, String runId) throws IOException {
        Entries entries = entries(hadoop, directory);
        OptionalLong last = entries.last();
        if (last.isEmpty()) {
            return false;
        }
        Owner owner = owner(entries, last.getAsLong());
        return !owner.free()
                && owner.runId().equals(runId)
                && new RunLock(entries, runId, Clock.systemUTC()).write(last.getAsLong() + 1, "free");
    }

    private static Entries entries(Configuration hadoop, Path directory) throws IOException {
        return new StoredEntries(hadoop, new Path(directory, "lock/entries"));
    }

    /**
     * Shows that the run is alive; to be called more often than {@link #STALE}.
     *
     * @throws LakeBusyException if the lake is no longer this run's; the message names the run that has it
     */
    public synchronized void renew() throws IOException {
        if (!write(number + 1, "held")) {
            throw lost();
        }
        entries.prune(number - KEPT + 1);
    }

    private LakeBusyException lost() throws IOException {
        OptionalLong last = entries.last();
        Owner owner = last.isPresent() ? owner(entries, last.getAsLong()) : Owner.NOBODY;
        return new LakeBusyException("run " + runId + " stops: it lost this lake"
                + (owner.free() ? " by tributary unlock" : " to run " + owner.runId() + " on " + owner.host())
                + ". What it paid for is in the journal, and the next run harvests it");
    }

    /** Gives the lake free again; safe to call twice, and never takes it from another run. */
    @Override
    public synchronized void close() throws IOException {
        OptionalLong last = entries.last();
        if (last.isPresent()
                && last.getAsLong() == number
                && !owner(entries, number).free()) {
            write(number + 1, "free");
        }
    }

    /** Whoever reads late may find a number free that was written and pruned since: it is no longer the last one. */
    private synchronized boolean write(long next, String state) throws IOException {
        String text = JSON.createObjectNode()
                .put("state", state)
                .put("run_id", runId)
                .put("host", InetAddress.getLocalHost().getHostName())
                .put("pid", ProcessHandle.current().pid())
                .put("renewed_at", clock.instant().toString())
                .toString();
        if (!entries.write(next, text) || entries.last().orElse(-1) != next) {
            return false;
        }
        number = next;
        return true;
    }

    /** What can't be read may be of a run that is alive: it counts from when it was written. */
    private static Owner owner(Entries entries, long number) throws IOException {
        String text = entries.read(number);
        try {
            JsonNode node = JSON.readTree(text);
            return new Owner(
                    node.path("state").asText().equals("free"),
                    node.path("run_id").asText("?"),
                    node.path("host").asText("?"),
                    node.path("pid").asLong(-1),
                    Instant.parse(node.path("renewed_at").asText()));
        } catch (JsonProcessingException | DateTimeException unreadable) {
            return new Owner(false, "unknown", "?", -1, entries.writtenAt(number));
        }
    }

    private record Owner(boolean free, String runId, String host, long pid, Instant renewedAt) {
        static final Owner NOBODY = new Owner(true, "", "", -1, Instant.EPOCH);

        boolean alive(Instant now) throws IOException {
            if (free) {
                return false;
            }
            boolean silent = Duration.between(renewedAt, now).compareTo(STALE) >= 0;
            boolean gone = host.equals(InetAddress.getLocalHost().getHostName())
                    && !ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
            return !silent && !gone;
        }
    }
}
