package io.tributary.call;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tributary.call.KeyResult.Disposition;
import io.tributary.model.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Batches that are cut, short or partly unreadable. */
class BatchTest {
    private static final String MATCH = "ok * MATCHED";

    @Test
    void aBatchThatIsTooLargeIsHalved() {
        Night night = new Night(TestProvider.named("a").batching(4)).says("a", "413", MATCH);
        List<KeyResult> results = night.ask(4);
        assertEquals("a*4@0.0 413@0.1 a*2@0.1 a*2@0.1", night.story());
        results.forEach(result -> assertEquals(Disposition.SATISFIED, result.disposition()));
    }

    @Test
    void onlyTheMissingItemsOfABatchAreAskedAgain() {
        Night night = new Night(TestProvider.named("a").batching(3))
                .says("a", "ok p2@acme.test MATCHED\nok p0@acme.test NOT_FOUND", MATCH);
        List<KeyResult> results = night.ask(3);
        assertEquals("a*3@0.0 a@0.6", night.story());
        assertEquals(Outcome.NOT_FOUND, results.get(0).results().get(0).outcome());
        assertEquals(Outcome.MATCHED, results.get(1).results().get(0).outcome());
        assertEquals(Outcome.MATCHED, results.get(2).results().get(0).outcome());
    }

    /** It may have been bought: it counts with its worst case, and is not asked again in this run. */
    @Test
    void anItemOfABatchThatCannotBeUnderstoodCountsWithItsWorstCase() {
        Night night = new Night(TestProvider.named("a").batching(2))
                .says("a", "ok p0@acme.test MATCHED\nok p1@acme.test UNKNOWN")
                .cap("a", 2);
        night.ask(2);
        assertEquals("a*2@0.0", night.story());
        assertEquals(2, night.budgets.get("a").spent());
    }

    @Test
    void anIncompleteBatchLeavesAfterItsLinger() {
        Night night = new Night(TestProvider.named("a").batching(100)).says("a", MATCH);
        assertEquals(3, night.ask(3).size());
        assertEquals(1, night.trace.size());
        assertEquals(3, night.entries.size());
    }
}
