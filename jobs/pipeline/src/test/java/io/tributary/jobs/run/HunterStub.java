package io.tributary.jobs.run;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Speaks as much of Hunter as a small night needs: knows everybody and every company. Thread-safe. */
final class HunterStub implements AutoCloseable {
    private final HttpServer server;
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();

    HunterStub() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v2/people/find", exchange -> answer(exchange, """
                {"data": {"id": "p", "email": "%s", "fuzzy": false,
                  "name": {"fullName": "Ada King", "givenName": "Ada", "familyName": "King"},
                  "employment": {"title": "Engineer"}, "geo": {"city": "London"}}}"""));
        server.createContext("/v2/companies/find", exchange -> answer(exchange, """
                {"data": {"id": "c", "domain": "%s", "name": "Engines", "category": {"industry": "Machinery"}}}"""));
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Whom it was asked about so far. */
    List<String> asked() {
        return asked.stream().sorted().toList();
    }

    private void answer(HttpExchange exchange, String body) throws IOException {
        String query = exchange.getRequestURI().getRawQuery();
        String subject = URLDecoder.decode(query.substring(query.indexOf('=') + 1), StandardCharsets.UTF_8);
        asked.add(subject);
        byte[] bytes = body.formatted(subject).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
