package io.tributary.call;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/**
 * Brings back to the event loop what waits for the journal. All that waits for one write comes back together and in its
 * order, by one action of the loop instead of one each. Confined to the event loop.
 */
final class Handover<T> {
    private final EventLoop loop;
    private final BiConsumer<List<T>, Throwable> taker;
    private CompletionStage<Void> write;
    private List<T> waiting = List.of();

    /** @param taker is told on the loop, with the fault or null */
    Handover(EventLoop loop, BiConsumer<List<T>, Throwable> taker) {
        this.loop = loop;
        this.taker = taker;
    }

    /**
     * Comes back when that write has ended; to be called in the same action of the loop that asked for the write.
     *
     * @return all that wait for that write, as they will come back
     */
    List<T> after(CompletionStage<Void> asked, T one) {
        if (asked != write) {
            List<T> company = new ArrayList<>();
            write = asked;
            waiting = company;
            asked.whenComplete((done, fault) -> loop.execute(() -> ended(asked, company, fault)));
        }
        waiting.add(one);
        return waiting;
    }

    private void ended(CompletionStage<Void> asked, List<T> company, Throwable fault) {
        if (asked == write) {
            // A log may give the same stage again, and whoever joins it then is in the next company.
            write = null;
        }
        taker.accept(company, fault);
    }
}
