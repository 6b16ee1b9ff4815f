package io.tributary.jobs.ask;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tributary.jobs.harvest.HarvestStep;
import io.tributary.jobs.journal.HadoopJournalStore;
import io.tributary.journal.SegmentPath;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** A task that dies in the middle, because its journal can't be written any more, and is tried again. */
public class RetriedTaskTest extends CallStepRun {
    @Test
    void aTaskThatIsTriedAgainAsksOnlyWhatItsJournalDoesNotHold() throws IOException {
        List<NotAnswered> open = run((exchange, call) -> {
            if (call == 12) {
                takeTheNextNames();
            }
            reply(exchange, 200, MATCH);
        });

        // What the first attempt may have bought without our knowing is gone from the cap: so many keys wait. An intent
        // that stands for a call which was not sent yet can't be told from one that was.
        long waiting = open.stream().mapToLong(NotAnswered::keys).sum();
        Assertions.assertTrue(open.stream().allMatch(some -> some.reason().equals("budget_spent")), open.toString());
        Assertions.assertTrue(waiting <= IN_FLIGHT + IN_FLIGHT + UNFLUSHED, open.toString());
        assertEquals(KEYS - waiting, matched());
        Assertions.assertTrue(asked.size() <= KEYS, asked.size() + " calls with a cap of " + KEYS);
        int repeats = asked.size() - new HashSet<>(asked).size();
        // A put writes the answers so far with the next intents. So what is lost came since the last put: of calls in
        // flight
        // then, and of calls whose intents it made durable.
        Assertions.assertTrue(
                repeats <= IN_FLIGHT + IN_FLIGHT + UNFLUSHED,
                repeats + " repeats: more than in flight, prepared and unflushed");
        Assertions.assertTrue(taskAttempts() > 1, "no task was tried again");
        long told = new HarvestStep(spark(), lake, journal(), 4)
                .run(1, Instant.now()).tried().stream()
                        .mapToLong(HarvestStep.Tried::repeats)
                        .sum();
        Assertions.assertTrue(told >= repeats, repeats + " repeats, of which the harvest tells " + told);
        Assertions.assertTrue(
                told <= IN_FLIGHT + IN_FLIGHT + UNFLUSHED, told + " repeats told: more than intents can stand");
    }

    /** Segments can't be written any more: their names are taken. */
    private void takeTheNextNames() throws IOException {
        HadoopJournalStore journal = journal();
        List<String> paths = journal.list("r/0");
        SegmentPath latest = SegmentPath.parse(paths.get(paths.size() - 1));
        for (int next = 1; next <= 40; next++) {
            try {
                journal.put(
                        new SegmentPath("r", 0, latest.attempt(), latest.sequence() + next).text(), new byte[] {'?'});
            } catch (FileAlreadyExistsException faster) {
                // The task goes on meanwhile.
            }
        }
    }

    private long taskAttempts() throws IOException {
        return journal().list("r/0").stream()
                .map(path -> SegmentPath.parse(path).attempt())
                .distinct()
                .count();
    }
}
