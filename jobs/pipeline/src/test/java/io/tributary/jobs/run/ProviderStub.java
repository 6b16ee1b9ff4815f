package io.tributary.jobs.run;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/** A provider on loopback that keeps every request and answers as a test tells it. Thread-safe. */
final class ProviderStub implements AutoCloseable {
    private final HttpServer server;
    private final Queue<Request> requests = new ConcurrentLinkedQueue<>();

    /**
     * What reached the provider, nothing decoded.
     *
     * @param path without the query
     * @param query empty if there is none
     * @param headers one {@code name: value} a line
     */
    record Request(String method, String path, String query, String headers, String body) {
        /** All of it. */
        String text() {
            return method + " " + path + "?" + query + "\n" + headers + "\n" + body;
        }
    }

    /** @param body JSON */
    record Reply(int status, String body) {}

    ProviderStub(Function<Request, Reply> provider) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> answer(exchange, provider));
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What came since this was called last, in the order of arrival. */
    List<Request> takeRequests() {
        List<Request> taken = new ArrayList<>();
        for (Request next = requests.poll(); next != null; next = requests.poll()) {
            taken.add(next);
        }
        return taken;
    }

    private void answer(HttpExchange exchange, Function<Request, Reply> provider) throws IOException {
        StringBuilder headers = new StringBuilder();
        exchange.getRequestHeaders()
                .forEach((name, values) -> values.forEach(
                        value -> headers.append(name).append(": ").append(value).append('\n')));
        String query = exchange.getRequestURI().getRawQuery();
        Request request = new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                query == null ? "" : query,
                headers.toString(),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        requests.add(request);
        Reply reply = provider.apply(request);
        byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(reply.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
