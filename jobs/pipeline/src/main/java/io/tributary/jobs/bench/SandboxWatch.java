package io.tributary.jobs.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Looks at a sandbox's books from time to time. */
final class SandboxWatch {
    private static final long LOOK_MILLIS = 50;

    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpRequest books;

    SandboxWatch(String baseUrl) {
        this.books = HttpRequest.newBuilder(URI.create(baseUrl + "/_ledger")).build();
    }

    /** Returns when the sandbox had its first call, or whoever calls has ended. */
    void awaitFirstCall(Future<?> calling) throws IOException, InterruptedException {
        while (!calling.isDone()) {
            byte[] body =
                    client.send(books, HttpResponse.BodyHandlers.ofByteArray()).body();
            if (new ObjectMapper().readTree(body).path("totals").path("calls").asLong() > 0) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }
}
