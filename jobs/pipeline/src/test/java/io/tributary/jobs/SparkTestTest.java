package io.tributary.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkTestTest extends SparkTest {
    @Test
    void writesAndReadsDelta(@TempDir Path dir) {
        spark().range(3).write().format("delta").save(dir.resolve("t").toString());
        assertEquals(
                3,
                spark().read().format("delta").load(dir.resolve("t").toString()).count());
    }
}
