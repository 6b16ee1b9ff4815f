package io.tributary.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.journal.Entry;
import io.tributary.journal.Intent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** How many intents share a write: as many as can, while the calls before them keep the gate busy. */
class WriteAheadTest {
    private static final int IN_FLIGHT = 64;
    private static final int CALLS = 6400;

    /** A journal that writes when it is hurried, one segment at a time. */
    private static final class SlowLog implements CallLog {
        private final Night night;
        private final Duration put;
        private final List<Integer> written = new ArrayList<>();
        private List<Intent> intents = new ArrayList<>();
        private CompletableFuture<Void> intended = new CompletableFuture<>();
        private boolean writing;
        private boolean hurried;

        SlowLog(Night night, Duration put) {
            this.night = night;
            this.put = put;
        }

        @Override
        public CompletionStage<Void> intend(List<Intent> more) {
            if (intents.isEmpty()) {
                List<Intent> batch = intents;
                // The last ones of a night have no company to wait for.
                night.time.schedule(Duration.ofSeconds(1), () -> {
                    if (batch == intents) {
                        hurry();
                    }
                });
            }
            intents.addAll(more);
            return intended;
        }

        @Override
        public CompletionStage<Void> append(List<Entry> more) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void hurry() {
            hurried = true;
            if (writing || intents.isEmpty()) {
                return;
            }
            hurried = false;
            writing = true;
            List<Intent> batch = intents;
            CompletableFuture<Void> done = intended;
            intents = new ArrayList<>();
            intended = new CompletableFuture<>();
            written.add(batch.size());
            night.time.schedule(put, () -> {
                night.intend(batch);
                done.complete(null);
                writing = false;
                if (hurried) {
                    hurry();
                }
            });
        }
    }

    private record Played(double seconds, int writes) {}

    private static Played play(Duration put) {
        Night night = new Night(TestProvider.named("a").atOnce(IN_FLIGHT)).says("a", "ok * MATCHED");
        night.latency = Duration.ofMillis(10);
        night.uneven = true;
        SlowLog log = new SlowLog(night, put);
        night.log = log;
        List<CompletableFuture<KeyResult>> results = new ArrayList<>();
        Waterfall waterfall = night.waterfall();
        for (int i = 0; i < CALLS; i++) {
            results.add(waterfall.ask(night.question(i)));
        }
        // The last answer, not the last timer.
        double[] last = new double[1];
        results.forEach(each -> each.thenRun(() -> last[0] = night.time.nanos() / 1e9));
        night.time.run();
        assertTrue(results.stream().allMatch(CompletableFuture::isDone));
        assertEquals(CALLS, log.written.stream().mapToInt(Integer::intValue).sum());
        return new Played(last[0], log.written.size());
    }

    @Test
    void aQuickStoreGetsLargeSegmentsAndTheGateStaysBusy() {
        Played quick = play(Duration.ofMillis(1));
        double atBest = CALLS / (double) IN_FLIGHT * 0.01;
        assertTrue(quick.seconds() < 1.1 * atBest + 1, () -> quick + ", at best " + atBest);
        assertTrue(quick.writes() < 1.4 * CALLS / IN_FLIGHT, quick::toString);
    }

    @Test
    void aStoreThatTakesAsLongAsACallIsWrittenToAhead() {
        Played slow = play(Duration.ofMillis(10));
        double atBest = CALLS / (double) IN_FLIGHT * 0.01;
        assertTrue(slow.seconds() < 1.6 * atBest + 1, () -> slow + ", at best " + atBest);
    }
}
