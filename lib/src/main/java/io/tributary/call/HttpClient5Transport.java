package io.tributary.call;

import io.tributary.provider.HttpAnswer;
import io.tributary.provider.HttpCall;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.RequestNotExecutedException;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.support.AsyncRequestBuilder;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Apache HttpClient 5, asynchronous, over HTTP/1.1. Everything that it would decide by itself is off: retries, redirects,
 * cookies, authentication. The deadline bounds the whole exchange, including a body that stalls: a scheduler cancels it.
 * Thread-safe.
 */
public final class HttpClient5Transport implements Transport, AutoCloseable {
    private static final String DEPARTURE = "tributary.departure";

    private final CloseableHttpAsyncClient client;
    private final ScheduledThreadPoolExecutor deadlines;
    private final int maxBodyBytes;

    /**
     * @throws IOException if the certificate bundle cannot be used
     */
    public HttpClient5Transport(TransportSettings settings) throws IOException {
        this.maxBodyBytes = settings.maxBodyBytes();
        this.client = client(settings);
        this.deadlines = new ScheduledThreadPoolExecutor(1, action -> {
            Thread thread = new Thread(action, "tributary-deadlines");
            thread.setDaemon(true);
            return thread;
        });
        deadlines.setRemoveOnCancelPolicy(true);
        client.start();
    }

    private static CloseableHttpAsyncClient client(TransportSettings settings) throws IOException {
        PoolingAsyncClientConnectionManagerBuilder connections = PoolingAsyncClientConnectionManagerBuilder.create()
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                .setMaxConnTotal(settings.maxConnections())
                .setMaxConnPerRoute(settings.maxConnections())
                .setDefaultTlsConfig(TlsConfig.custom()
                        .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1)
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(settings.connectTimeout()))
                        .setValidateAfterInactivity(TimeValue.of(settings.validateAfterIdle()))
                        .build());
        if (settings.extraCertificates().isPresent()) {
            connections.setTlsStrategy(ClientTlsStrategyBuilder.create()
                    .setSslContext(Trust.with(settings.extraCertificates().get()))
                    .buildAsync());
        }
        HttpAsyncClientBuilder builder = HttpAsyncClients.custom()
                .setConnectionManager(connections.build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(Timeout.ofMinutes(3))
                        .build())
                .setUserAgent("Tributary")
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .addExecInterceptorBefore(
                        ChainElement.MAIN_TRANSPORT.name(), DEPARTURE, HttpClient5Transport::lookAgain)
                .evictExpiredConnections();
        settings.proxy().map(HttpClient5Transport::host).ifPresent(builder::setProxy);
        return builder.build();
    }

    private static HttpHost host(URI proxy) {
        return new HttpHost(proxy.getScheme(), proxy.getHost(), proxy.getPort());
    }

    @Override
    public CompletableFuture<HttpAnswer> send(HttpCall call, BooleanSupplier mayLeave) {
        CompletableFuture<HttpAnswer> result = new CompletableFuture<>();
        BodyConsumer consumer = new BodyConsumer(maxBodyBytes);
        Departure departure = new Departure(mayLeave);
        HttpClientContext context = HttpClientContext.create();
        context.setAttribute(DEPARTURE, departure);
        Future<HttpAnswer> exchange =
                client.execute(request(call), consumer, null, context, new FutureCallback<HttpAnswer>() {
                    @Override
                    public void completed(HttpAnswer answer) {
                        result.complete(answer);
                    }

                    @Override
                    public void failed(Exception fault) {
                        result.completeExceptionally(typed(fault, departure, consumer));
                    }

                    @Override
                    public void cancelled() {
                        result.completeExceptionally(ended("abandoned", null, !departure.keep(), consumer));
                    }
                });
        ScheduledFuture<?> deadline = deadlines.schedule(
                () -> {
                    result.completeExceptionally(ended("timeout", null, !departure.keep(), consumer));
                    exchange.cancel(true);
                },
                call.deadline().toNanos(),
                TimeUnit.NANOSECONDS);
        result.whenComplete((answer, fault) -> {
            deadline.cancel(false);
            if (result.isCancelled()) {
                exchange.cancel(true);
            }
        });
        return result;
    }

    private static AsyncRequestProducer request(HttpCall call) {
        AsyncRequestBuilder request = AsyncRequestBuilder.create(call.method()).setUri(call.uri());
        String type = null;
        for (var header : call.headers().entrySet()) {
            if (header.getKey().equalsIgnoreCase(HttpHeaders.CONTENT_TYPE)) {
                type = header.getValue();
            } else {
                request.addHeader(header.getKey(), header.getValue());
            }
        }
        request.setHeader(HttpHeaders.ACCEPT_ENCODING, "gzip");
        byte[] body = call.body();
        if (body.length > 0) {
            request.setEntity(body, type == null ? null : ContentType.parseLenient(type));
        }
        return request.build();
    }

    private static TransportException typed(Exception fault, Departure departure, BodyConsumer consumer) {
        if (departure.isTooLate()) {
            return TransportException.tooLate();
        }
        if (departure.keep() || fault instanceof RequestNotExecutedException) {
            return ended("refused", fault, false, consumer);
        }
        return ended(consumer.status() == 0 ? "reset" : "torn", fault, true, consumer);
    }

    private static TransportException ended(String reason, Exception fault, boolean sent, BodyConsumer consumer) {
        TransportException.Sent seen = sent ? TransportException.Sent.MAYBE : TransportException.Sent.NO;
        return new TransportException(seen, reason, consumer.status(), consumer.received(), fault);
    }

    /** Closes all connections; exchanges under way end without an answer. */
    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
        deadlines.shutdownNow();
    }

    /** Until its request is about to be written, nothing can have been bought. */
    private static void lookAgain(
            HttpRequest request,
            AsyncEntityProducer entity,
            AsyncExecChain.Scope scope,
            AsyncExecChain chain,
            AsyncExecCallback callback)
            throws HttpException, IOException {
        AsyncExecChain.Scope looking = scope;
        if (scope.clientContext.getAttribute(DEPARTURE) instanceof Departure departure) {
            looking = new AsyncExecChain.Scope(
                    scope.exchangeId,
                    scope.route,
                    scope.originalRequest,
                    scope.cancellableDependency,
                    scope.clientContext,
                    new LastLookRuntime(scope.execRuntime, departure),
                    scope.scheduler,
                    scope.execCount);
        }
        chain.proceed(request, entity, looking, callback);
    }
}
