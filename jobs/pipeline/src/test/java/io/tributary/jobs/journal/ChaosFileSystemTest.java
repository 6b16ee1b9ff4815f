package io.tributary.jobs.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChaosFileSystemTest {
    @TempDir
    Path folder;

    @Test
    void aWriteThatIsRefusedIsToldAndTheNextOneIsKept() throws IOException {
        Configuration hadoop = new Configuration();
        hadoop.set("fs.chaos.impl", ChaosFileSystem.class.getName());
        hadoop.set("fs.chaos.orders", folder.resolve("orders").toString());
        HadoopJournalStore store = new HadoopJournalStore(hadoop, "chaos://" + folder.resolve("journal"));
        byte[] content = {1, 2, 3};
        Files.writeString(folder.resolve("orders"), "fail 1");
        assertThrows(IOException.class, () -> store.put("run/0/1-000000.tj", content));
        assertEquals(List.of(), store.list("run"));
        Files.delete(folder.resolve("orders"));
        store.put("run/0/1-000001.tj", content);
        assertEquals(List.of("run/0/1-000001.tj"), store.list("run"));
        try (InputStream in = store.open("run/0/1-000001.tj")) {
            assertArrayEquals(content, in.readAllBytes());
        }
    }
}
