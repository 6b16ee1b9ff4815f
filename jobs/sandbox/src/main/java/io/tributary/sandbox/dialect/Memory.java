package io.tributary.sandbox.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.sandbox.wire.Charge;
import io.tributary.sandbox.world.Noise;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one provider remembers between calls: subjects that are not ready yet, accepted jobs, and what was bought.
 * Thread-safe.
 */
public final class Memory {
    private final double pendingRate;
    private final Duration delay;
    private final Map<String, Instant> firstAsked = new ConcurrentHashMap<>();
    private final Map<String, Job> jobs = new ConcurrentHashMap<>();
    private final Set<String> bought = ConcurrentHashMap.newKeySet();
    private final Set<String> happened = ConcurrentHashMap.newKeySet();
    private final Map<String, Long> meters = new ConcurrentHashMap<>();
    private final AtomicLong accepted = new AtomicLong();

    /**
     * An accepted job.
     *
     * @param result the data that a poll gets once the job is ready
     * @param answers what that data means for each subject
     * @param early the looks that still come too early, however late they come
     */
    record Job(Instant readyAt, JsonNode result, List<Charge> answers, AtomicLong early) {
        /** Whether this look gets the result. */
        boolean isReady(Instant now) {
            return !now.isBefore(readyAt) && early.getAndDecrement() <= 0;
        }
    }

    /**
     * @param pendingRate the part of all subjects that are not ready when first asked
     * @param delay how long they, and jobs, take
     */
    public Memory(double pendingRate, Duration delay) {
        this.pendingRate = pendingRate;
        this.delay = delay;
    }

    /** A memory that forgets: for working out what a call asks about without acting on it. */
    public Memory scratch() {
        return new Memory(0, delay);
    }

    boolean pending(String subject, Noise noise, boolean forced, Instant now) {
        if (!forced && noise.at("pending").at(subject).unit() >= pendingRate && !firstAsked.containsKey(subject)) {
            return false;
        }
        return waits(subject, now);
    }

    /** Whether a subject that takes a while is still not ready. */
    boolean waits(String subject, Instant now) {
        Instant first = firstAsked.putIfAbsent(subject, now);
        return first == null || now.isBefore(first.plus(delay));
    }

    /** Whether this is bought now for the first time. */
    boolean buys(String what) {
        return bought.add(what);
    }

    boolean hasBought(String what) {
        return bought.contains(what);
    }

    /** Whether this happens for the first time. */
    boolean first(String what) {
        return happened.add(what);
    }

    /** Counts on, and gives the sum. */
    long count(String meter, long more) {
        return meters.merge(meter, more, Long::sum);
    }

    /**
     * Accepts a job.
     *
     * @param early looks that find it unfinished
     * @return its id
     */
    String accept(JsonNode result, List<Charge> answers, int early, Instant now) {
        String id = "req_" + new Noise(accepted.getAndIncrement()).hex();
        jobs.put(id, new Job(now.plus(delay), result, List.copyOf(answers), new AtomicLong(early)));
        return id;
    }

    Optional<Job> job(String id) {
        return Optional.ofNullable(jobs.get(id));
    }
}
