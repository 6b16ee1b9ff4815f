package io.tributary.jobs.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.coordinator.QuotaDesk;
import io.tributary.coordinator.Terms;
import io.tributary.credential.KeyDesk;
import io.tributary.provider.QuotaWindow;
import io.tributary.quota.Lease;
import io.tributary.quota.Report;
import io.tributary.quota.WindowId;
import io.tributary.secret.StoredSecrets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class DriverEndTest {
    private static final WindowId WINDOW = new WindowId(0, "");

    private long reports;

    private Map<String, Lease> report() throws Exception {
        Report report = new Report(
                ++reports,
                List.of(new Report.Use(WINDOW, 0, 0, List.of(), 50, 1, Optional.empty())),
                0,
                0,
                0,
                0,
                Optional.empty(),
                Map.of());
        byte[] message = QuotaMessages.reports(new QuotaMessages.Reports("run", "1", Map.of("acme", report)));
        return QuotaMessages.leases((byte[]) new DriverEnd().receive(message));
    }

    @Test
    @SuppressWarnings("try") // the run is open, not used
    void aRunThatMayHaveBeenTakenForDeadGrantsNothing() throws Exception {
        AtomicBoolean stands = new AtomicBoolean(true);
        QuotaDesk desk = new QuotaDesk(System::nanoTime, Clock.systemUTC(), Terms.DEFAULT)
                .with("acme", List.of(new QuotaWindow(100, Duration.ofSeconds(1), false)));
        try (KeyDesk keys = new KeyDesk(
                        new StoredSecrets(Map.of(), line -> {}),
                        (call, mayLeave) -> null,
                        Clock.systemUTC(),
                        Duration.ZERO,
                        line -> {});
                DriverEnd.Open open = DriverEnd.open(
                        "run", keys, desk, (stage, partition, attempt) -> true, stands::get, line -> {})) {
            assertTrue(report().get("acme").grants().get(0).held() > 0);
            stands.set(false);
            assertEquals(Map.of(), report());
            stands.set(true);
            assertTrue(report().get("acme").grants().get(0).held() > 0);
        }
    }
}
