package io.tributary.jobs.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.jobs.privacy.Erasure.Certificate;
import io.tributary.jobs.run.Maintain;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class PrivacyCommandsTest {
    private static final Instant BEGUN = Instant.parse("2026-08-21T02:00:00Z");

    @TempDir
    Path dir;

    private static String refused(Object command, String... args) {
        CommandLine line = new CommandLine(command);
        StringWriter said = new StringWriter();
        line.setErr(new PrintWriter(said));
        assertEquals(2, line.execute(args));
        return said.toString();
    }

    @Test
    void whatCannotBeUsedIsRefusedWithItsPlaceAndIsNotRepeated() throws Exception {
        Path file = dir.resolve("people.txt");
        Files.writeString(file, "# opt-outs\nada@acme.com\n\nada lovelace\n");

        assertTrue(refused(new SuppressCommand(), "--file", file.toString())
                .startsWith("--file, line 4: it is no e-mail address"));
        assertTrue(refused(new SuppressCommand(), "--domain", "gmail.com")
                .startsWith("--domain: the domain is not one that is ever"));
        assertTrue(refused(new EraseCommand(), "--email", "lovelace").startsWith("--email: the email is not one"));
        assertFalse(refused(new EraseCommand(), "--email", "lovelace").contains("lovelace"));
        Files.writeString(file, "acme.com\n");
        assertTrue(refused(new EraseCommand(), "--file", file.toString())
                .startsWith("--file, line 1: a domain can't be used here; this command takes crm-id, email"));
    }

    @Test
    void nobodyNamedIsRefusedWhereThatCouldBeAMistake() {
        assertTrue(refused(new EraseCommand()).startsWith("say whom to erase, or --unfinished"));
        assertTrue(refused(new EraseCommand(), "--unfinished", "--crm-id", "1")
                .startsWith("--unfinished takes nobody else"));
        assertTrue(refused(new SuppressCommand(), "--remove").startsWith("--remove needs somebody"));
        assertTrue(refused(new SuppressCommand(), "--reason", "erased").startsWith("--reason takes a word"));
    }

    @Test
    void theListIsToldByReason() {
        assertEquals(
                "1 entry was new.\n3 entries are listed.\n  opt_out: 2\n  request: 1",
                SuppressCommand.text(1, false, false, new TreeMap<>(Map.of("opt_out", 2L, "request", 1L))));
        assertEquals("0 entries are listed.", SuppressCommand.text(0, true, false, Map.of()));
        assertEquals(
                "{\"added\":0,\"removed\":2,\"entries\":{\"request\":1}}",
                SuppressCommand.json(2, true, Map.of("request", 1L)));
    }

    @Test
    void aCertificateSaysWhatWasTakenOutAndNamesNobody() {
        Certificate certificate =
                new Certificate("e1", "ab", BEGUN, BEGUN.plusSeconds(60), 1, Map.of("history", 4L, "contacts", 2L), 3);

        assertEquals(
                "Erasure e1 is done: contacts 2, history 4.\n"
                        + "  3 rows of others still name them in columns of the CRM: correct these in the CRM",
                EraseCommand.text(List.of(certificate)));
        assertEquals(
                "{\"erasures\":[{\"erasure_id\":\"e1\",\"request_hash\":\"ab\",\"requested_at\":\"2026-08-21T02:00:00Z\","
                        + "\"finished_at\":\"2026-08-21T02:01:00Z\",\"identifiers\":1,\"mentions\":3,"
                        + "\"removed\":{\"contacts\":2,\"history\":4}}]}",
                EraseCommand.json(List.of(certificate)));
        assertEquals("No erasure is unfinished.", EraseCommand.text(List.of()));
    }

    @Test
    void tidyingUpTellsOfEachTable() {
        Maintain.Result result = new Maintain.Result(Map.of("work", new Maintain.Tidied(3, 2000, 1000)), 1, 2, 40);

        assertEquals(
                "work                 3 files fewer,           1,000 bytes now,           2,000 before\n"
                        + "Removed: journals of 1 runs, work lists of 2 runs, raw bodies of 40 answers.",
                MaintainCommand.text(result).replace("\r", ""));
        assertEquals(
                "{\"journals\":1,\"work_lists\":2,\"raw_bodies\":40,\"tables\":{\"work\":{\"fewer_files\":3,"
                        + "\"bytes_before\":2000,\"bytes_after\":1000}}}",
                MaintainCommand.json(result));
    }
}
