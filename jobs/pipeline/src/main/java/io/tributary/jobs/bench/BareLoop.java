package io.tributary.jobs.bench;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;

/** The least that anybody must do to make the same calls: the HTTP client in a loop, answers thrown away. */
final class BareLoop implements AutoCloseable {
    private final CloseableHttpAsyncClient client;
    private final int inFlight;

    BareLoop(int inFlight) {
        this.inFlight = inFlight;
        this.client = HttpAsyncClients.custom()
                .setConnectionManager(PoolingAsyncClientConnectionManagerBuilder.create()
                        .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                        .setMaxConnTotal(inFlight)
                        .setMaxConnPerRoute(inFlight)
                        .build())
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .build();
        client.start();
    }

    /**
     * Makes the calls.
     *
     * @param bodies the body of each, by its number
     * @return calls a second
     * @throws IOException if a call failed: there is then nothing to compare with
     */
    double run(URI uri, String keyHeader, String key, int calls, IntFunction<String> bodies)
            throws IOException, InterruptedException {
        Semaphore open = new Semaphore(inFlight);
        AtomicInteger failed = new AtomicInteger();
        long start = System.nanoTime();
        for (int call = 0; call < calls; call++) {
            open.acquire();
            SimpleHttpRequest request = SimpleRequestBuilder.post(uri)
                    .addHeader(keyHeader, key)
                    .setBody(bodies.apply(call), ContentType.APPLICATION_JSON)
                    .build();
            client.execute(request, new FutureCallback<SimpleHttpResponse>() {
                @Override
                public void completed(SimpleHttpResponse response) {
                    open.release();
                    if (response.getCode() != 200 && response.getCode() != 404) {
                        failed.incrementAndGet();
                    }
                }

                @Override
                public void failed(Exception fault) {
                    open.release();
                    failed.incrementAndGet();
                }

                @Override
                public void cancelled() {
                    failed(null);
                }
            });
        }
        open.acquire(inFlight);
        double seconds = (System.nanoTime() - start) / 1e9;
        if (failed.get() > 0) {
            throw new IOException(failed.get() + " of " + calls + " calls of the bare loop failed");
        }
        return calls / seconds;
    }

    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
    }
}
