package io.tributary.jobs.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class TurnMessagesTest {
    @Test
    void whatIsWrittenIsRead() throws IOException {
        TurnMessages.Question question = new TurnMessages.Question("run", 177, 5, 1L << 40);
        byte[] message = TurnMessages.question(question);
        assertTrue(TurnMessages.isQuestion(message));
        assertEquals(question, TurnMessages.question(message));
        assertTrue(TurnMessages.answer(TurnMessages.answer(true)));
        assertFalse(TurnMessages.answer(TurnMessages.answer(false)));
    }

    @Test
    void noOtherMessageIsTakenForOne() throws IOException {
        assertFalse(TurnMessages.isQuestion(KeyMessages.request(KeyRequest.notice("run", "text"))));
        assertFalse(TurnMessages.isQuestion(KeyMessages.done()));
        assertFalse(QuotaMessages.isReports(TurnMessages.question(new TurnMessages.Question("run", 1, 2, 3))));
        assertThrows(IOException.class, () -> TurnMessages.answer(KeyMessages.fault("no such run")));
    }
}
