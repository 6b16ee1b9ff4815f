package io.tributary.call;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Results of a waterfall as they come, in any order. Pulling a result first tops up the keys in flight, so the questions
 * are read only as fast as the results are taken. For one thread, which may be interrupted: the waterfall is then closed.
 */
public final class KeyResults implements Iterator<KeyResult> {
    private record Ended(KeyResult result, Throwable fault) {}

    private final Waterfall waterfall;
    private final Iterator<Question> questions;
    private final int most;
    private final BlockingQueue<Ended> ended = new LinkedBlockingQueue<>();
    private int open;

    KeyResults(Waterfall waterfall, Iterator<Question> questions, int most) {
        this.waterfall = waterfall;
        this.questions = questions;
        this.most = most;
    }

    @Override
    public boolean hasNext() {
        while (open < most && questions.hasNext()) {
            open++;
            waterfall.ask(questions.next()).whenComplete((result, fault) -> ended.add(new Ended(result, fault)));
        }
        return open > 0;
    }

    /**
     * The next result; waits for it.
     *
     * @throws CancellationException if the thread is interrupted; its interrupt flag is then set again
     * @throws CompletionException if the journal failed or the code has a fault: the task must fail
     */
    @Override
    public KeyResult next() {
        if (!hasNext()) {
            throw new NoSuchElementException("every question has its result");
        }
        Ended next;
        try {
            next = ended.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            waterfall.close();
            throw new CancellationException("the task was cancelled while it waited for answers");
        }
        open--;
        if (next.fault() != null) {
            waterfall.close();
            throw new CompletionException("calls had to stop", next.fault());
        }
        return next.result();
    }
}
