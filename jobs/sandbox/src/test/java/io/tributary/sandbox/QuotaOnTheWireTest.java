package io.tributary.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Limit and limit + 1 calls over a plain socket, at the published limits. */
class QuotaOnTheWireTest {
    private final ManualClock clock = new ManualClock();

    @ParameterizedTest
    @CsvSource({
        "GET, /example/v1/company/enrich?domain=acme.example, Authorization: Bearer sandbox-example-key, 100, 60, 429",
        "GET, /clearbit-person/v2/people/find?email=a.b@acme.example, Authorization: Bearer sk_sandbox_clearbit, 600, 60, 429",
        "GET, /clearbit-company/v2/companies/find?domain=acme.example, Authorization: Bearer sk_sandbox_clearbit, 600, 60, 429",
        "GET, /hunter/v2/people/find?email=a.b@acme.example, X-API-KEY: sandbox-hunter-key, 15, 1, 403",
        "GET, /hunter/v2/email-verifier?email=a.b@acme.example, X-API-KEY: sandbox-hunter-key, 10, 1, 403",
        "POST, /apollo/api/v1/people/match?email=a.b@acme.example, x-api-key: sandbox-apollo-key, 1000, 60, 429",
    })
    void refusesExactlyOneOfOneCallMoreThanTheLimit(
            String method, String uri, String header, int limit, int windowSeconds, int refusal) throws IOException {
        SandboxOptions options = SandboxOptions.builder().clock(clock).build();
        try (SandboxServer server = SandboxServer.start(options);
                RawSocket socket = new RawSocket(server.port())) {
            List<Integer> refusals = new ArrayList<>();
            for (int call = 0; call <= limit; call++) {
                if (socket.ask(method, uri, header, "").status() == refusal) {
                    refusals.add(call);
                }
            }
            assertEquals(List.of(limit), refusals);
            assertEquals(1, server.ledger().totals().refusedByWindow());

            clock.advance(Duration.ofSeconds(windowSeconds));
            assertNotEquals(refusal, socket.ask(method, uri, header, "").status(), "the window has room again");
            assertEquals(1, server.ledger().totals().refusedByWindow());
        }
    }
}
