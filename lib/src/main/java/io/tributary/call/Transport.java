package io.tributary.call;

import io.tributary.provider.HttpAnswer;
import io.tributary.provider.HttpCall;
import java.util.concurrent.CompletableFuture;

/** Sends one request and brings the whole response. Does not retry, redirect or remember cookies. Thread-safe. */
public interface Transport {
    /**
     * @param call with its credentials
     * @return completes on any thread: with a complete response, or with a {@link TransportException} that says whether the
     *     request may have reached the provider; cancelling it abandons the exchange
     */
    CompletableFuture<HttpAnswer> send(HttpCall call);
}
