package io.tributary.jobs.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What is refused before Spark starts. */
class RemapCommandTest {
    /** What the command says when it refuses. */
    private static String refusal(String... args) {
        PrintStream before = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            assertEquals(2, Tributary.run(args));
        } finally {
            System.setErr(before);
        }
        return said.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aMergeAloneReadsNoAnswers() {
        assertTrue(refusal("remap", "--conf", "../../conf", "--merge-only", "--all")
                .contains("--merge-only"));
    }

    @Test
    void aProviderThatTheSettingsDoNotHaveIsNamedBesideThoseThatTheyHave() {
        String said = refusal("remap", "--conf", "../../conf", "--provider", "nobody");
        assertTrue(said.contains("no provider nobody; they have"), said);
    }

    @Test
    void aStoryIsOfAContactOrAnAccount() {
        String said = refusal("explain", "opportunity", "1", "--conf", "../../conf");
        assertTrue(said.contains("opportunity") && said.contains("CONTACT"), said);
    }
}
