package io.tributary.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every store of segments promises. */
public abstract class JournalStoreContract {
    /** An empty store. */
    protected abstract JournalStore store() throws IOException;

    private static byte[] read(JournalStore store, String path) throws IOException {
        try (InputStream in = store.open(path)) {
            return in.readAllBytes();
        }
    }

    @Test
    void givesBackWhatWasPut() throws IOException {
        JournalStore store = store();
        store.put("r/1/0-000000.tj", new byte[] {1, 2, 3});
        assertArrayEquals(new byte[] {1, 2, 3}, read(store, "r/1/0-000000.tj"));
    }

    @Test
    void keepsTheOldContentWhenAPathIsTaken() throws IOException {
        JournalStore store = store();
        store.put("r/1/0-000000.tj", new byte[] {1});
        assertThrows(FileAlreadyExistsException.class, () -> store.put("r/1/0-000000.tj", new byte[] {2}));
        assertArrayEquals(new byte[] {1}, read(store, "r/1/0-000000.tj"));
        assertEquals(List.of("r/1/0-000000.tj"), store.list("r"));
    }

    @Test
    void oneOfManyWritersOfAPathWins() throws Exception {
        JournalStore store = store();
        ConcurrentLinkedQueue<Integer> winners = new ConcurrentLinkedQueue<>();
        List<Thread> writers = IntStream.range(0, 8)
                .mapToObj(i -> new Thread(() -> {
                    try {
                        store.put("r/1/0-000000.tj", new byte[] {(byte) i});
                        winners.add(i);
                    } catch (IOException taken) {
                        // What the test counts is the one that is not refused.
                    }
                }))
                .toList();
        writers.forEach(Thread::start);
        for (Thread writer : writers) {
            writer.join();
        }
        assertEquals(1, winners.size());
        assertArrayEquals(new byte[] {winners.peek().byteValue()}, read(store, "r/1/0-000000.tj"));
    }

    @Test
    void listsWhatLiesBelowAFolderSortedAndNothingBesideIt() throws IOException {
        JournalStore store = store();
        for (String path : List.of("r/2/0-000001.tj", "r/2/0-000000.tj", "r/1/0-000000.tj", "r2/1/0-000000.tj")) {
            store.put(path, new byte[] {1});
        }
        assertEquals(List.of("r/1/0-000000.tj", "r/2/0-000000.tj", "r/2/0-000001.tj"), store.list("r"));
        assertEquals(List.of("r/1/0-000000.tj"), store.list("r/1"));
    }

    @Test
    void aMissingFolderIsEmptyAndAMissingSegmentIsAFault() throws IOException {
        JournalStore store = store();
        assertEquals(List.of(), store.list("nothing/1"));
        assertThrows(
                IOException.class, () -> store.open("nothing/1/0-000000.tj").close());
    }
}
