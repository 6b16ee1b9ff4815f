package io.tributary.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalJournalStoreTest extends JournalStoreContract {
    @TempDir
    Path folder;

    @Override
    protected JournalStore store() {
        return new LocalJournalStore(folder.resolve("journal"));
    }

    @Test
    void listsNoFileThatACrashLeftHalfWritten() throws IOException {
        Path bucket = Files.createDirectories(folder.resolve("journal/r/1"));
        Files.write(bucket.resolve(".123.part"), new byte[] {'T', 'J'});
        assertEquals(List.of(), store().list("r/1"));
    }

    @Test
    void leavesNothingButTheSegmentEvenWhenRefused() throws IOException {
        JournalStore store = store();
        store.put("r/1/0-000000.tj", new byte[] {1});
        assertThrows(IOException.class, () -> store.put("r/1/0-000000.tj", new byte[] {2}));
        try (Stream<Path> files = Files.list(folder.resolve("journal/r/1"))) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void staysInsideItsFolder() {
        assertThrows(IOException.class, () -> store().put("../x.tj", new byte[] {1}));
    }

    @Test
    void aSegmentIsReplacedAsAWholeAndLeavesNothingBeside() throws IOException {
        LocalJournalStore journal = new LocalJournalStore(folder.resolve("journal"));
        journal.put("r/0/1-000000.tj", new byte[] {1, 2, 3});

        journal.replace("r/0/1-000000.tj", new byte[] {4});

        try (InputStream in = journal.open("r/0/1-000000.tj")) {
            assertArrayEquals(new byte[] {4}, in.readAllBytes());
        }
        try (Stream<Path> files = Files.list(folder.resolve("journal/r/0"))) {
            assertEquals(1, files.count());
        }
    }
}
