package io.tributary.jobs.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.jobs.store.CrashPoint.Moment;
import io.tributary.jobs.store.CrashPoint.Write;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashFileSystemTest {
    @TempDir
    Path folder;

    private org.apache.hadoop.fs.Path of(MortalProcess process, String name) {
        return new org.apache.hadoop.fs.Path(process.place(folder.resolve(name)));
    }

    private FileSystem files(MortalProcess process) throws IOException {
        Configuration hadoop = new Configuration(false);
        hadoop.set("fs.crash.impl", CrashFileSystem.class.getName());
        return of(process, "").getFileSystem(hadoop);
    }

    private void write(MortalProcess process, String name) throws IOException {
        try (FSDataOutputStream out = files(process).create(of(process, name), false)) {
            out.write(new byte[100]);
        }
    }

    @Test
    void aFileIsNotThereOrTornOrWholeAndNoLaterOneIs() throws IOException {
        long[] left = new long[3];
        for (Moment moment : Moment.values()) {
            MortalProcess process = MortalProcess.until(
                    CrashPoint.at(moment, Write.FILE, moment + "$").number(2));
            write(process, "first-" + moment);
            assertThrows(IOException.class, () -> write(process, "second-" + moment));
            assertTrue(process.isDead());
            assertThrows(IOException.class, () -> write(process, "third"));
            assertThrows(IOException.class, () -> files(process).exists(of(process, "first-" + moment)));
            Path second = folder.resolve("second-" + moment);
            left[moment.ordinal()] = Files.exists(second) ? Files.size(second) : -1;
            assertEquals(100, Files.size(folder.resolve("first-" + moment)));
        }
        assertEquals(-1, left[Moment.BEFORE.ordinal()]);
        assertEquals(50, left[Moment.TORN.ordinal()]);
        assertEquals(100, left[Moment.AFTER.ordinal()]);
        assertFalse(Files.exists(folder.resolve("third")));
    }

    @Test
    void aRenameIsDoneOrNotAndWhatWasOpenKeepsOnlyWhatWasFlushed() throws IOException {
        MortalProcess process = MortalProcess.until(CrashPoint.at(Moment.AFTER, Write.RENAME, "/new$"));
        write(process, "old");
        FSDataOutputStream open = files(process).create(of(process, "open"));
        open.write(new byte[10]);
        open.flush();
        open.write(new byte[10]);

        assertThrows(IOException.class, () -> files(process).rename(of(process, "old"), of(process, "new")));
        assertThrows(IOException.class, open::close);

        assertTrue(Files.exists(folder.resolve("new")));
        assertEquals(10, Files.size(folder.resolve("open")));

        MortalProcess other = MortalProcess.until(CrashPoint.at(Moment.BEFORE, Write.RENAME, ""));
        assertThrows(IOException.class, () -> files(other).rename(of(other, "new"), of(other, "newer")));
        assertFalse(Files.exists(folder.resolve("newer")));
    }

    @Test
    void aFolderIsMadeOrNotAndTheNextProcessGoesOnWhereTheLastOneEnded() throws IOException {
        MortalProcess first = MortalProcess.until(CrashPoint.atWrite(2, Moment.BEFORE));
        assertThrows(IOException.class, () -> files(first).mkdirs(of(first, "a/b")));
        assertTrue(Files.exists(folder.resolve("a")));
        assertFalse(Files.exists(folder.resolve("a/b")));

        MortalProcess second = MortalProcess.inPeace();
        files(second).mkdirs(of(second, "a/b"));
        write(second, "a/b/c");
        files(second).delete(of(second, "a"), true);
        assertEquals(
                List.of("FOLDER " + folder + "/a/b", "FILE " + folder + "/a/b/c", "DELETE " + folder + "/a"),
                second.writes());
        assertFalse(Files.exists(folder.resolve("a")));
    }
}
