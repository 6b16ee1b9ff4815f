package io.tributary.jobs.ask;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tributary.coordinator.Claim;
import io.tributary.coordinator.RunShares;
import io.tributary.jobs.store.Entries;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * The quotas that runs share, as a log of entries: each holds all of what is known, and follows from the one before it. Of two
 * runs that go on from the same entry only one can write the next, and the other looks again. Not thread-safe.
 */
public final class QuotaLedger {
    /** More runs than this at the same moment are not met with. */
    private static final int TRIES = 50;

    /** Entries that stay: somebody may be about to read the last but one. */
    private static final int KEPT = 8;

    private static final JsonMapper JSON = new JsonMapper();

    private final Entries entries;
    private final String run;
    private final Claim claim;
    private final Map<String, String> accounts;
    private final Clock clock;

    /**
     * @param accounts what each provider is called here
     * @param clock the time of day, as all runs tell it
     */
    public QuotaLedger(Entries entries, String run, Claim claim, Map<String, String> accounts, Clock clock) {
        this.entries = entries;
        this.run = run;
        this.claim = claim;
        this.accounts = Map.copyOf(accounts);
        this.clock = clock;
    }

    /**
     * Shows what this run uses and wants.
     *
     * @return what it may have from now on, by provider
     * @throws IOException if nothing could be written; then nothing has changed that this run could use
     */
    Map<String, RunShares.Part> exchange(Map<String, RunShares.Wish> wishes) throws IOException {
        Map<String, RunShares.Part> given = written(
                        (state, now) -> RunShares.exchange(state, run, claim, byAccount(wishes), now))
                .parts();
        Map<String, RunShares.Part> parts = new HashMap<>();
        wishes.keySet().forEach(provider -> parts.put(provider, given.get(account(provider))));
        return parts;
    }

    private Map<String, RunShares.Wish> byAccount(Map<String, RunShares.Wish> wishes) {
        Map<String, RunShares.Wish> byAccount = new TreeMap<>();
        wishes.forEach((provider, wish) -> byAccount.put(account(provider), wish));
        return byAccount;
    }

    private String account(String provider) {
        return accounts.getOrDefault(provider, provider);
    }

    /** Shows that this run sends nothing any more, and what it used until now. */
    void end(Map<String, RunShares.Wish> wishes) throws IOException {
        written((state, now) ->
                new RunShares.Settled(RunShares.gone(state, run, claim, byAccount(wishes), now), Map.of()));
    }

    /** What the last entry says. */
    public RunShares.State state() throws IOException {
        for (int tries = 0; tries < TRIES; tries++) {
            OptionalLong last = entries.last();
            try {
                return last.isPresent() ? read(last.getAsLong()) : RunShares.State.EMPTY;
            } catch (FileNotFoundException prunedMeanwhile) {
                continue;
            }
        }
        throw new IOException("the ledger of the quotas changes too fast to be read");
    }

    private RunShares.Settled written(BiFunction<RunShares.State, Instant, RunShares.Settled> step) throws IOException {
        for (int tries = 0; tries < TRIES; tries++) {
            OptionalLong last = entries.last();
            RunShares.State before;
            try {
                before = last.isPresent() ? read(last.getAsLong()) : RunShares.State.EMPTY;
            } catch (FileNotFoundException prunedMeanwhile) {
                continue;
            }
            RunShares.Settled settled = step.apply(before, clock.instant());
            long next = last.orElse(-1) + 1;
            // Whoever slept may find a number free that was written and pruned since: it is no longer the last one.
            if (entries.write(next, JSON.writeValueAsString(settled.state()))
                    && entries.last().orElse(-1) == next) {
                entries.prune(next - KEPT + 1);
                return settled;
            }
        }
        throw new IOException("other runs write the ledger of the quotas all the time");
    }

    private RunShares.State read(long number) throws IOException {
        String text = entries.read(number);
        try {
            return JSON.readValue(text, RunShares.State.class);
        } catch (JsonProcessingException e) {
            throw new IOException(
                    "entry " + number + " of the quotas' ledger can't be read (" + e.getOriginalMessage()
                            + "); another version may have written it. If no run is alive, remove the ledger's folder:"
                            + " what was used of hour and day windows is then forgotten",
                    e);
        }
    }
}
