package io.tributary.sandbox.ledger;

import io.tributary.sandbox.wire.Charge;
import io.tributary.sandbox.wire.Truth;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The book of one provider. Subjects are remembered by a 64-bit hash. Thread-safe. */
public final class ProviderLedger {
    private static final int ASKED = 1;
    private static final int BILLED = 2;
    private static final int DELIVERED = 4;

    private final String provider;
    private final int listedCalls;
    private final Deque<CallEntry> entries = new ArrayDeque<>();
    private final Map<Long, Integer> subjects = new HashMap<>();
    private final Map<String, Long> faults = new HashMap<>();
    private final Map<Integer, Long> statuses = new HashMap<>();
    private final Map<Fate, Long> fates = new HashMap<>();
    private long calls;
    private long billed;
    private double billedCredits;
    private long repeats;
    private long repeatsAfterLost;
    private long freeRereads;

    /** @param listedCalls how many of the latest entries are kept for {@link #entries()}; 0 keeps none */
    public ProviderLedger(String provider, int listedCalls) {
        this.provider = provider;
        this.listedCalls = listedCalls;
    }

    /**
     * Books one call.
     *
     * @param call its number at the provider
     * @param clientPort whence it came, 0 if over no connection
     * @param charges its subjects; a price counts only if the fate is answered or lost
     * @param fault the injected fault, if any
     */
    public synchronized void book(
            long call,
            int clientPort,
            long timeMillis,
            String operation,
            int status,
            Fate fate,
            List<Charge> charges,
            Optional<String> fault) {
        calls++;
        statuses.merge(status, 1L, Long::sum);
        fates.merge(fate, 1L, Long::sum);
        fault.ifPresent(kind -> faults.merge(kind, 1L, Long::sum));
        if (charges.isEmpty()) {
            list(new CallEntry(
                    call, clientPort, timeMillis, provider, operation, "", "", status, fate, Truth.UNANSWERED, 0));
        }
        for (Charge charge : charges) {
            boolean given = fate == Fate.ANSWERED || fate == Fate.LOST;
            double paid = given ? bill(charge, fate == Fate.LOST) : 0;
            int itemStatus = given ? charge.status() : status;
            list(new CallEntry(
                    call,
                    clientPort,
                    timeMillis,
                    provider,
                    operation,
                    charge.entity(),
                    charge.input(),
                    itemStatus,
                    fate,
                    given ? charge.truth() : Truth.UNANSWERED,
                    paid));
        }
    }

    /** What was billed since the last reset. */
    public synchronized double billedCredits() {
        return billedCredits;
    }

    public synchronized Counts counts() {
        return new Counts(
                calls,
                billed,
                billedCredits,
                subjects.size(),
                repeats,
                repeatsAfterLost,
                freeRereads,
                fates.getOrDefault(Fate.REFUSED_BY_WINDOW, 0L),
                fates.getOrDefault(Fate.REFUSED_BY_FAULT, 0L),
                fates.getOrDefault(Fate.REFUSED_AUTH, 0L),
                faults,
                statuses);
    }

    /** The latest entries, oldest first. */
    public synchronized List<CallEntry> entries() {
        return new ArrayList<>(entries);
    }

    /** Starts a new book: no subject was ever asked about. */
    public synchronized void reset() {
        entries.clear();
        subjects.clear();
        faults.clear();
        statuses.clear();
        fates.clear();
        calls = 0;
        billed = 0;
        billedCredits = 0;
        repeats = 0;
        repeatsAfterLost = 0;
        freeRereads = 0;
    }

    private double bill(Charge charge, boolean lost) {
        if (charge.truth() == Truth.UNANSWERED && charge.credits() == 0) {
            return 0;
        }
        long subject = hash(charge.entity() + '|' + charge.input());
        int before = subjects.getOrDefault(subject, 0);
        boolean paidBefore = (before & BILLED) != 0;
        boolean free = charge.credits() == 0 || (charge.billedOnce() && paidBefore);
        if (free) {
            freeRereads += (before & ASKED) != 0 ? 1 : 0;
        } else {
            billed++;
            billedCredits += charge.credits();
            repeats += paidBefore ? 1 : 0;
            repeatsAfterLost += paidBefore && (before & DELIVERED) == 0 ? 1 : 0;
        }
        int paid = charge.credits() == 0 ? 0 : lost ? BILLED : BILLED | DELIVERED;
        subjects.put(subject, before | ASKED | paid);
        return free ? 0 : charge.credits();
    }

    private void list(CallEntry entry) {
        if (listedCalls > 0) {
            if (entries.size() == listedCalls) {
                entries.removeFirst();
            }
            entries.addLast(entry);
        }
    }

    private static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
            hash ^= hash >>> 32;
        }
        return hash;
    }
}
