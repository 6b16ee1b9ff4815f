package io.tributary.call;

import io.tributary.provider.HttpAnswer;
import io.tributary.provider.HttpCall;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** Sends one request and brings the whole response. Does not retry, redirect or remember cookies. Thread-safe. */
public interface Transport {
    /**
     * @param call with its credentials
     * @param mayLeave is asked directly before the first byte is written, on any thread; if it says no, nothing is sent, and
     *     the exchange ends with {@link TransportException#isTooLate()}
     * @return completes on any thread: with a complete response, or with a {@link TransportException} that says whether the
     *     request may have reached the provider; cancelling it abandons the exchange
     */
    CompletableFuture<HttpAnswer> send(HttpCall call, BooleanSupplier mayLeave);

    /** Sends a call that may leave at any time. */
    default CompletableFuture<HttpAnswer> send(HttpCall call) {
        return send(call, () -> true);
    }
}
