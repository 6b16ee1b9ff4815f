package io.tributary.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the journal of one task. Answers and intents are collected and put in one segment: when an intent is wanted, when
 * enough answers are there, or when {@link #tick} finds the oldest too old. A segment that can't be put makes every later
 * call fail, so that nothing is asked that could not be remembered. Thread-safe; all methods may block for the store.
 */
public final class JournalWriter implements AutoCloseable {
    private final JournalStore store;
    private final FlushPolicy policy;
    private final List<Entry> entries = new ArrayList<>();
    private SegmentPath path;
    private long oldestMillis;
    private IOException broken;

    /**
     * @param first where the first segment goes; the following ones count on from it
     */
    public JournalWriter(JournalStore store, SegmentPath first, FlushPolicy policy) {
        this.store = store;
        this.path = first;
        this.policy = policy;
    }

    /** Makes intents durable, together with the answers collected so far; see {@link #write}. */
    public void intend(List<Intent> intents) {
        write(List.of(), intents, 0);
    }

    /**
     * Takes an answer. It is durable at the next flush.
     *
     * @param nowMillis by a clock that only goes forward, as only differences count: that of every other call
     */
    public void append(Entry entry, long nowMillis) {
        write(List.of(entry), List.of(), nowMillis);
    }

    /**
     * Takes answers and makes intents durable. What comes together is put together: one segment, one wait for the disk. None
     * of these asks may be sent before this returns; without intents the answers are durable at the next flush.
     *
     * @param nowMillis when the answers came, by the clock of {@link #append}
     */
    public synchronized void write(List<Entry> answers, List<Intent> intents, long nowMillis) {
        refuseIfBroken();
        if (entries.isEmpty()) {
            oldestMillis = nowMillis;
        }
        entries.addAll(answers);
        if (!intents.isEmpty() || entries.size() >= policy.maxAnswers()) {
            put(intents);
        }
    }

    /** Closes the segment if its oldest answer has waited long enough; to be called several times a {@code maxAge}. */
    public synchronized void tick(long nowMillis) {
        if (!entries.isEmpty() && nowMillis - oldestMillis >= policy.maxAge().toMillis()) {
            put(List.of());
        }
    }

    /** Makes everything taken so far durable; safe to call twice. */
    public synchronized void flush() {
        if (!entries.isEmpty()) {
            put(List.of());
        }
    }

    /** How many answers were taken and are in no segment yet. */
    public synchronized int unwritten() {
        return entries.size();
    }

    @Override
    public synchronized void close() {
        flush();
    }

    private void put(List<Intent> intents) {
        refuseIfBroken();
        try {
            store.put(path.text(), SegmentCodec.write(intents, entries));
        } catch (IOException e) {
            broken = e;
            refuseIfBroken();
        }
        entries.clear();
        path = path.next();
    }

    private void refuseIfBroken() {
        if (broken != null) {
            throw new UncheckedIOException(
                    "the journal can't be written, so nothing more is asked: " + path.text(), broken);
        }
    }
}
