package io.tributary.call;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Who waits for which write of the journal. */
class HandoverTest {
    private final FakeTime time = new FakeTime();
    private final List<String> taken = new ArrayList<>();
    private final Handover<String> handover =
            new Handover<>(time, (all, fault) -> taken.add(all + (fault == null ? "" : " " + fault.getMessage())));

    @Test
    void allThatWaitForOneWriteComeBackTogetherAndInOrder() {
        CompletableFuture<Void> first = new CompletableFuture<>();
        CompletableFuture<Void> second = new CompletableFuture<>();
        assertEquals(List.of("a"), handover.after(first, "a"));
        assertEquals(List.of("a", "b"), handover.after(first, "b"));
        assertEquals(List.of("c"), handover.after(second, "c"));
        time.run();
        assertEquals(List.of(), taken);
        second.complete(null);
        first.complete(null);
        time.run();
        assertEquals(List.of("[c]", "[a, b]"), taken);
    }

    @Test
    void theFaultOfAWriteReachesAllThatWaitForItAndNobodyElse() {
        CompletableFuture<Void> broken = new CompletableFuture<>();
        handover.after(broken, "a");
        handover.after(broken, "b");
        broken.completeExceptionally(new IllegalStateException("full"));
        time.run();
        handover.after(CompletableFuture.completedFuture(null), "c");
        time.run();
        assertEquals(List.of("[a, b] full", "[c]"), taken);
    }

    @Test
    void aStageThatIsGivenAgainAfterItsEndBringsBackWhoJoinsThen() {
        CompletableFuture<Void> always = CompletableFuture.completedFuture(null);
        handover.after(always, "a");
        time.run();
        handover.after(always, "b");
        time.run();
        assertEquals(List.of("[a]", "[b]"), taken);
    }
}
