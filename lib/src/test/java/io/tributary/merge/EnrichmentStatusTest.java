package io.tributary.merge;

import static io.tributary.merge.EnrichmentStatus.Work.ASK;
import static io.tributary.merge.EnrichmentStatus.Work.NONE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tributary.model.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnrichmentStatusTest {

    private static String status(EnrichmentStatus.Work work, Outcome... outcomes) {
        return EnrichmentStatus.of(List.of(outcomes), work).id();
    }

    @Test
    void dataPrevailsOverProvidersThatHadNone() {
        assertEquals("enriched", status(NONE, Outcome.NOT_FOUND, Outcome.PARTIAL, Outcome.MATCHED));
        assertEquals("partial", status(ASK, Outcome.REJECTED, Outcome.PARTIAL, Outcome.FAILED));
    }

    @Test
    void suppressionPrevailsOverData() {
        assertEquals("suppressed", status(NONE, Outcome.MATCHED, Outcome.SUPPRESSED));
        assertEquals("suppressed", status(EnrichmentStatus.Work.SUPPRESSED, Outcome.MATCHED));
    }

    @Test
    void anOpenQuestionIsNotANo() {
        assertEquals("pending", status(ASK, Outcome.NOT_FOUND, Outcome.UNKNOWN, Outcome.PENDING));
        assertEquals("unknown", status(NONE, Outcome.NOT_FOUND, Outcome.UNKNOWN, Outcome.FAILED));
        assertEquals("deferred", status(ASK, Outcome.NOT_FOUND, Outcome.FAILED));
        assertEquals("not_found", status(NONE, Outcome.REJECTED, Outcome.NOT_FOUND));
        assertEquals("rejected", status(NONE, Outcome.REJECTED));
    }

    @Test
    void withoutAnAnswerTheRecordWaitsOrWasNeverAsked() {
        assertEquals("deferred", status(ASK));
        assertEquals("not_asked", status(NONE));
    }
}
