package io.tributary.jobs.bench;

import com.google.common.util.concurrent.RateLimiter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Iterator;
import org.apache.spark.api.java.function.ForeachPartitionFunction;
import org.apache.spark.sql.Row;

/** What one writes first: each executor asks for its rows one after the other, with a rate limiter of its own. */
final class PlainLimiter implements ForeachPartitionFunction<Row> {
    private static final long serialVersionUID = 1L;

    private final String url;
    private final String key;
    private final double callsPerSecond;

    PlainLimiter(String url, String key, double callsPerSecond) {
        this.url = url;
        this.key = key;
        this.callsPerSecond = callsPerSecond;
    }

    @Override
    @SuppressWarnings("UnstableApiUsage")
    public void call(Iterator<Row> rows) throws Exception {
        RateLimiter limiter = RateLimiter.create(callsPerSecond);
        HttpClient client = HttpClient.newHttpClient();
        while (rows.hasNext()) {
            String email = rows.next().<String>getAs("lookup_key").substring("email:".length());
            limiter.acquire();
            client.send(
                    HttpRequest.newBuilder(URI.create(url))
                            .header("X-API-Key", key)
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString("{\"email\":\"" + email + "\"}"))
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
        }
    }
}
