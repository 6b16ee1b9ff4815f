package io.tributary.jobs.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files on a store that refuses a second writer when the file is closed, and says no more than that it did. */
class NewFileTest {
    @TempDir
    java.nio.file.Path dir;

    private FileSystem files;
    private Path file;

    @BeforeEach
    void open() throws IOException {
        Configuration hadoop = new Configuration();
        RenamelessFileSystem.settings().forEach(hadoop::set);
        file = new Path("renameless://" + dir + "/a/file");
        files = file.getFileSystem(hadoop);
    }

    @Test
    void whatStandsThereIsNotReplaced() throws IOException {
        NewFile.write(files, file, new byte[] {1});
        assertThrows(FileAlreadyExistsException.class, () -> NewFile.write(files, file, new byte[] {2}));
        assertArrayEquals(new byte[] {1}, Files.readAllBytes(dir.resolve("a/file")));
    }

    @Test
    void aWriteThatIsRepeatedBecauseItsAnswerWasLostIsNoConflict() throws IOException {
        NewFile.write(files, file, new byte[] {1});
        NewFile.write(files, file, new byte[] {1});
        assertArrayEquals(new byte[] {1}, Files.readAllBytes(dir.resolve("a/file")));
    }

    @Test
    void aStoreThatFailsIsNotTakenForAConflict() throws IOException {
        Files.writeString(dir.resolve("a"), "a file where a folder should be");
        IOException failed = assertThrows(IOException.class, () -> NewFile.write(files, file, new byte[] {1}));
        assertFalse(failed.getMessage().contains("412"), failed.getMessage());
    }

    @Test
    void onADiskNothingIsConditional() throws IOException {
        assertTrue(NewFile.isConditional(files, file));
        Path plain = new Path(dir.resolve("plain").toUri());
        FileSystem disk = plain.getFileSystem(new Configuration());
        assertFalse(NewFile.isConditional(disk, plain));
        NewFile.write(disk, plain, new byte[] {1});
        assertThrows(FileAlreadyExistsException.class, () -> NewFile.write(disk, plain, new byte[] {1}));
        assertEquals(1, Files.size(dir.resolve("plain")));
    }
}
