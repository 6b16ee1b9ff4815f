package io.tributary.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class KeyRingTest {
    private static final SecretRef OLD = SecretRef.parse("env:OLD");
    private static final SecretRef NEW = SecretRef.parse("env:NEW");
    private static final SecretSource SOURCE =
            new EnvAndFileSecrets(Map.of("OLD", "old-s3cret", "NEW", "new-s3cret"), warning -> {});

    private final KeyRing ring = new KeyRing(List.of(OLD, NEW), SOURCE);

    @Test
    void movesToTheNextKeyAndRemembersTheRefusedOnes() {
        Secret old = ring.current().orElseThrow();
        Secret next = ring.refuse(old).orElseThrow();

        assertEquals("new-s3cret", next.reveal());
        assertEquals(NEW, ring.current().orElseThrow().ref());
        assertEquals(Optional.empty(), ring.refuse(next));
        assertEquals(Optional.empty(), ring.current());
        assertEquals(List.of(OLD, NEW), ring.refused());
        assertFalse(ring.toString().contains("s3cret"));
    }

    @Test
    void manyReportsOfOneKeyCostOneKey() throws Exception {
        Secret old = ring.current().orElseThrow();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Optional<Secret>>> reports = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                reports.add(threads.submit(() -> ring.refuse(old)));
            }
            for (Future<Optional<Secret>> report : reports) {
                assertEquals(NEW, report.get().orElseThrow().ref());
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals(List.of(OLD), ring.refused());
    }

    @Test
    void findsAMissingKeyBeforeTheFirstCall() {
        assertThrows(
                SecretUnavailableException.class, () -> new KeyRing(List.of(OLD, SecretRef.parse("env:NONE")), SOURCE));
        assertThrows(IllegalArgumentException.class, () -> new KeyRing(List.of(), SOURCE));
        Secret foreign = new Secret(SecretRef.parse("env:OTHER"), "x");
        assertThrows(IllegalArgumentException.class, () -> ring.refuse(foreign));
    }
}
