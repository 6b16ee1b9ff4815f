package io.tributary.jobs.ask;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpExchange;
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
    /** Answers that can be lost, or intents that can't be told from those of calls that were sent. */
    private static final int AT_STAKE = IN_FLIGHT + IN_FLIGHT + UNFLUSHED;

    private boolean dead;

    @Test
    void aTaskThatIsTriedAgainAsksOnlyWhatItsJournalDoesNotHold() throws IOException {
        List<NotAnswered> open = run(this::dieInTheMiddle);

        assertEquals(List.of(), open);
        assertEquals(KEYS, matched());
        theRepeatsAreFewAndTold();
    }

    @Test
    void whatItMayHaveBoughtWithoutOurKnowingIsGoneFromACap() throws IOException {
        List<NotAnswered> open = runWithinACap(this::dieInTheMiddle);

        long waiting = open.stream().mapToLong(NotAnswered::keys).sum();
        Assertions.assertTrue(open.stream().allMatch(some -> some.reason().equals("budget_spent")), open.toString());
        Assertions.assertTrue(waiting <= AT_STAKE, open.toString());
        assertEquals(KEYS - waiting, matched());
        Assertions.assertTrue(asked.size() <= KEYS, asked.size() + " calls with a cap of " + KEYS);
        theRepeatsAreFewAndTold();
    }

    /** Once; calls are answered one at a time, so nobody overtakes this. */
    private void dieInTheMiddle(HttpExchange exchange, int call) throws IOException {
        List<String> segments = journal().list("r/0");
        if (call >= 12 && !segments.isEmpty() && !dead) {
            dead = true;
            takeTheNextNames(SegmentPath.parse(segments.get(segments.size() - 1)));
        }
        reply(exchange, 200, MATCH);
    }

    /**
     * A put writes the answers so far with the next intents. So what is lost came since the last put: of calls in flight then,
     * and of calls whose intents it made durable.
     */
    private void theRepeatsAreFewAndTold() throws IOException {
        int repeats = asked.size() - new HashSet<>(asked).size();
        Assertions.assertTrue(repeats <= AT_STAKE, repeats + " repeats: more than in flight, prepared and unflushed");
        Assertions.assertTrue(taskAttempts() > 1, "no task was tried again");
        long told = new HarvestStep(spark(), lake, journal(), 4)
                .run(1, Instant.now()).tried().stream()
                        .mapToLong(HarvestStep.Tried::repeats)
                        .sum();
        Assertions.assertTrue(told >= repeats, repeats + " repeats, of which the harvest tells " + told);
        Assertions.assertTrue(told <= AT_STAKE, told + " repeats told: more than intents can stand");
    }

    /** Segments can't be written any more: their names are taken. */
    private void takeTheNextNames(SegmentPath latest) throws IOException {
        HadoopJournalStore journal = journal();
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
