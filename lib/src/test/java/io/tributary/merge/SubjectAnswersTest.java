package io.tributary.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tributary.model.Outcome;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubjectAnswersTest {
    private static final String MAIL = "email:ada@acme.com";
    private static final String PAGE = "linkedin_person:ada";

    private record Row(String lookupKey, String provider, Outcome outcome, long second, long epoch) implements Heard {
        @Override
        public Instant fetchedAt() {
            return Instant.ofEpochSecond(second);
        }

        @Override
        public String operation() {
            return "person";
        }
    }

    private static Row row(String key, Outcome outcome, long second, long epoch) {
        return new Row(key, "acme", outcome, second, epoch);
    }

    private static List<Row> counting(Row... rows) {
        return SubjectAnswers.counting(MAIL, List.of(rows));
    }

    @Test
    void ofAnotherKeyItCountsWhatTellsWhateverWasAskedBy() {
        Row found = row(PAGE, Outcome.MATCHED, 1, 0);
        Row own = row(MAIL, Outcome.NOT_FOUND, 2, 0);
        assertEquals(List.of(found, own), counting(found, own));
        assertEquals(List.of(own), counting(row(PAGE, Outcome.NOT_FOUND, 1, 0), row(PAGE, Outcome.FAILED, 3, 1), own));
    }

    @Test
    void aTryOfAnotherKeyThatMayHaveBeenBoughtCountsUntilItsOwnAnswerCame() {
        Row open = row(PAGE, Outcome.UNKNOWN, 1, 0);
        assertEquals(List.of(open), counting(open));
        assertEquals(List.of(), counting(open, row(PAGE, Outcome.NOT_FOUND, 2, 0)));
        assertEquals(
                List.of(),
                counting(open, row(PAGE, Outcome.REJECTED, 0, 0)),
                "a try of the same ask, by another clock");
        Row mine = row(MAIL, Outcome.NOT_FOUND, 2, 0);
        assertEquals(List.of(open, mine), counting(open, mine));
    }

    @Test
    void aTryOfALaterAskCountsBesideTheAnswerBefore() {
        Row open = row(PAGE, Outcome.PENDING, 9, 2);
        assertEquals(List.of(open), counting(row(PAGE, Outcome.NOT_FOUND, 2, 0), open));
    }

    @Test
    void whatAnotherProviderSaysEndsNothing() {
        Row open = row(PAGE, Outcome.UNKNOWN, 1, 0);
        Row other = new Row(PAGE, "beta", Outcome.NOT_FOUND, 2, 0);
        assertEquals(List.of(open), counting(open, other));
    }
}
