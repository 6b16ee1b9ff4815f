package io.tributary.jobs.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Entries on a disk here, elsewhere in those who inherit this. */
public class StoredEntriesTest {
    @TempDir
    java.nio.file.Path dir;

    /** An empty folder. */
    protected String place() {
        return dir.resolve("entries").toUri().toString();
    }

    /** The settings of its file system. */
    protected Map<String, String> settings() {
        return Map.of();
    }

    private StoredEntries entries() throws IOException {
        Configuration hadoop = new Configuration();
        settings().forEach(hadoop::set);
        return new StoredEntries(hadoop, new Path(place()));
    }

    @Test
    void anEntryIsWrittenOnceAndNeverReplaced() throws IOException {
        StoredEntries entries = entries();
        assertEquals(OptionalLong.empty(), entries.last());

        assertTrue(entries.write(0, "first"));
        assertFalse(entries.write(0, "second"));

        assertEquals(OptionalLong.of(0), entries.last());
        assertEquals("first", entries.read(0));
    }

    @Test
    void whatIsPrunedIsGoneAndTheRestStands() throws IOException {
        StoredEntries entries = entries();
        for (int number = 0; number < 4; number++) {
            entries.write(number, "entry " + number);
        }
        entries.prune(2);
        assertEquals(OptionalLong.of(3), entries.last());
        assertEquals("entry 2", entries.read(2));
        assertTrue(entries.write(1, "again"), "a number below is free again, which is for the reader to know");
    }

    /** As the ledger of the quotas is written: each entry follows from the one before, and none may be lost. */
    @Test
    void noStepOfTwoProcessesIsLost() throws Exception {
        List<Process> processes = new ArrayList<>();
        for (String name : List.of("a", "b")) {
            List<String> command = new ArrayList<>(List.of(
                    java.nio.file.Path.of(System.getProperty("java.home"), "bin", "java")
                            .toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    Counter.class.getName(),
                    place(),
                    name));
            settings().forEach((key, value) -> command.add(key + "=" + value));
            processes.add(new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(dir.resolve(name + ".out").toFile())
                    .start());
        }
        for (Process process : processes) {
            assertEquals(0, process.waitFor(), this::outputs);
        }
        StoredEntries entries = entries();
        long last = entries.last().orElseThrow();
        assertEquals(2 * Counter.STEPS - 1, last);
        assertEquals(Counter.STEPS + " " + Counter.STEPS, entries.read(last).replaceAll(" [ab]$", ""));
    }

    private String outputs() {
        try {
            return Files.readString(dir.resolve("a.out")) + Files.readString(dir.resolve("b.out"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds one to its own of two numbers, as often as it must. */
    static final class Counter {
        static final int STEPS = 25;

        private Counter() {}

        public static void main(String[] args) throws IOException {
            Configuration hadoop = new Configuration();
            Stream.of(args)
                    .skip(2)
                    .map(setting -> setting.split("=", 2))
                    .forEach(setting -> hadoop.set(setting[0], setting[1]));
            StoredEntries entries = new StoredEntries(hadoop, new Path(args[0]));
            int mine = args[1].equals("a") ? 0 : 1;
            int done = 0;
            while (done < STEPS) {
                OptionalLong last = entries.last();
                String[] before =
                        last.isPresent() ? entries.read(last.getAsLong()).split(" ") : new String[] {"0", "0"};
                int[] counts = {Integer.parseInt(before[0]), Integer.parseInt(before[1])};
                counts[mine]++;
                if (entries.write(last.orElse(-1) + 1, counts[0] + " " + counts[1] + " " + args[1])) {
                    done++;
                }
            }
        }
    }
}
