package io.tributary.jobs.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What is refused before Spark starts. */
class BackfillCommandTest {
    /** What the command says when it refuses. */
    private static String refusal(String... more) {
        PrintStream before = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        String[] args = new String[more.length + 3];
        System.arraycopy(new String[] {"backfill", "--conf", "../../conf"}, 0, args, 0, 3);
        System.arraycopy(more, 0, args, 3, more.length);
        try {
            assertEquals(2, Tributary.run(args));
        } finally {
            System.setErr(before);
        }
        return said.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aFieldThatThereIsNotIsRefusedWithThoseThatThereAre() {
        String said = refusal("--fields", "title,shoe_size");
        assertTrue(said.contains("--fields: no field is called shoe_size; known here: id, email,"), said);
        assertTrue(said.contains("employee_count"), said);
    }

    @Test
    void aFieldOfAnotherTableIsNoneOfTheTablesThatAreMeant() {
        String said = refusal("--of", "contacts", "--fields", "employee_count");
        assertTrue(said.contains("no field is called employee_count"), said);
    }

    @Test
    void aChunkHasAKeyOrMore() {
        assertTrue(refusal("--chunk", "0").contains("--chunk: 0 is below 1"));
    }
}
