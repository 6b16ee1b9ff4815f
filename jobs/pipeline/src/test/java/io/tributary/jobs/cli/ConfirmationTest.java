package io.tributary.jobs.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfirmationTest {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    private boolean says(String line) {
        return new Confirmation(() -> line, new PrintStream(said, true, StandardCharsets.UTF_8)).says("Ask for it?");
    }

    @Test
    void onlyAYesIsAYes() {
        for (String yes : List.of("y", "Y", "yes", " YES ")) {
            assertTrue(says(yes), yes);
        }
        for (String no : List.of("", "n", "no", "ye", "yes please", "\t")) {
            assertFalse(says(no), no);
        }
        assertFalse(says(null), "the end of the input");
    }

    @Test
    void theQuestionTellsWhichAnswerStandsForNone() {
        says("n");
        assertEquals("Ask for it? [y/N] ", said.toString(StandardCharsets.UTF_8));
    }
}
