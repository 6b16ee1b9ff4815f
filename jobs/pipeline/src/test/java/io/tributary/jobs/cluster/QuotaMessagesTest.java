package io.tributary.jobs.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.quota.Lease;
import io.tributary.quota.Report;
import io.tributary.quota.Stalls;
import io.tributary.quota.WindowId;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QuotaMessagesTest {
    private static final WindowId WINDOW = new WindowId(1, "person");

    @Test
    void reportsComeBackAsTheyWere() throws IOException {
        Map<Stalls.Cause, Long> stalled = new EnumMap<>(Stalls.Cause.class);
        for (Stalls.Cause cause : Stalls.Cause.values()) {
            stalled.put(cause, 10L + cause.ordinal());
        }
        Report report = new Report(
                7,
                List.of(new Report.Use(
                        WINDOW,
                        30,
                        2,
                        List.of(new Report.Leaving(5, 1), new Report.Leaving(9_000_000_000L, 7)),
                        99,
                        25,
                        Optional.of(new Report.Told(100, 40, 12, 77)))),
                1234,
                5,
                6_000_000_000L,
                7_000_000_000L,
                Optional.of("credits_gone"),
                stalled);
        QuotaMessages.Reports all = new QuotaMessages.Reports("run", "12", Map.of("acme", report));
        byte[] message = QuotaMessages.reports(all);
        assertTrue(QuotaMessages.isReports(message));
        assertEquals(all, QuotaMessages.reports(message));
    }

    @Test
    void leasesComeBackAsTheyWere() throws IOException {
        Map<String, Lease> leases = Map.of(
                "acme",
                new Lease(7, 1_500_000_000L, List.of(new Lease.Grant(WINDOW, 30, 20)), 200, 3, 4, Optional.empty()),
                "other",
                new Lease(8, 1, List.of(), 2, 0, 0, Optional.of("rate_limited")));
        assertEquals(leases, QuotaMessages.leases(QuotaMessages.leases(leases)));
    }

    @Test
    void aFaultOfTheDriverIsNoLease() throws IOException {
        byte[] fault = KeyMessages.fault("run r is not at work on this driver");
        assertFalse(QuotaMessages.isReports(fault));
        assertThrows(IOException.class, () -> QuotaMessages.leases(fault));
    }
}
