package io.tributary.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.sandbox.wire.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdminTest {
    private static final String ACME = "/example/v1/company/enrich?domain=acme.example";
    private final Asking asking =
            Asking.of(SandboxOptions.builder().matchRate(1).clock(new ManualClock()));

    @Test
    void theLedgerNamesTheBusiestWindow() {
        for (int call = 0; call < 80; call++) {
            asking.get(ACME);
        }
        JsonNode ledger = Asking.json(asking.get("/_ledger"));
        assertEquals(80, ledger.at("/totals/calls").asInt());
        assertEquals(79, ledger.at("/providers/example/repeats").asInt());
        JsonNode busiest = ledger.at("/providers/example/busiest_window");
        assertEquals("1m", busiest.path("window").asText());
        assertEquals(100, busiest.path("limit").asInt());
        assertEquals(80, busiest.path("used").asInt());
    }

    @Test
    void aNewBookKnowsNoSubject() {
        asking.get(ACME);
        assertEquals(200, asking.post("/_ledger/reset", "").status());
        asking.get(ACME);
        assertEquals(1, asking.gateway().ledger().totals().billed());
        assertEquals(0, asking.gateway().ledger().totals().repeats());
    }

    @Test
    void listsCallsOneALine() throws Exception {
        int calls = 5000;
        int clientPort;
        try (SandboxServer server =
                SandboxServer.start(SandboxOptions.builder().quotasOff().build())) {
            try (RawSocket socket = new RawSocket(server.port())) {
                clientPort = socket.clientPort();
                for (int call = 0; call < calls; call++) {
                    String body = "{\"emails\":[\"p" + call + "@x.example\",\"q" + call + "@x.example\"]}";
                    socket.ask("POST", "/example/v1/person/bulk", "X-API-Key: sandbox-example-key", body);
                }
            }
            URI uri = URI.create(server.baseUrl() + "/_ledger/calls?provider=example");
            List<String> lines = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofLines())
                    .body()
                    .toList();
            assertEquals(2 * calls, lines.size());
            JsonNode last = Json.read(lines.get(2 * calls - 1).getBytes(StandardCharsets.UTF_8))
                    .orElseThrow();
            assertEquals("q4999@x.example", last.path("input").asText());
            assertEquals(4999, last.path("call").asInt());
            assertEquals(clientPort, last.path("client_port").asInt());
        }
        assertEquals(400, asking.get("/_ledger/calls?provider=nobody").status());
    }

    @Test
    void keepsOnlyTheLatestCalls() {
        Asking short3 = Asking.of(SandboxOptions.builder().listedCalls(3));
        for (int call = 0; call < 5; call++) {
            short3.get("/example/v1/company/enrich?domain=c" + call + ".example");
        }
        assertEquals(3, short3.gateway().ledger().entries("example").size());
        assertEquals(
                "c4.example",
                short3.gateway().ledger().entries("example").get(2).input());
    }

    @Test
    void keysComeAndGoWhileItRuns() {
        String order = "{\"provider\":\"example\",\"key\":\"sandbox-example-key\"}";
        assertEquals(200, asking.post("/_control/revoke", order).status());
        assertEquals(401, asking.get(ACME).status());
        assertEquals(404, asking.post("/_control/revoke", order).status());
        assertEquals(200, asking.post("/_control/keys", order).status());
        assertEquals(200, asking.get(ACME).status());
    }

    @Test
    void faultsAndMatchRatesChangeWhileItRuns() {
        asking.post("/_control/faults", "{\"provider\":\"example\",\"rates\":{\"500\":1}}");
        assertEquals(500, asking.get(ACME).status());
        asking.post("/_control/faults", "{\"profile\":\"none\"}");
        assertEquals(200, asking.get(ACME).status());
        asking.post("/_control/match-rate", "{\"provider\":\"example\",\"rate\":0}");
        assertEquals(404, asking.get(ACME).status());
        assertEquals(400, asking.post("/_control/match-rate", "{\"rate\":7}").status());
        assertEquals(
                400,
                asking.post("/_control/faults", "{\"profile\":\"/etc/passwd\"}").status());
    }

    @Test
    void refusesOptionsForUnknownProviders() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Asking.of(SandboxOptions.builder().quota("huntr", "1/1s")));
        assertThrows(
                IllegalArgumentException.class,
                () -> Asking.of(SandboxOptions.builder().quota("hunter", "many")));
        assertEquals(404, asking.get("/huntr/v2/account").status());
    }
}
