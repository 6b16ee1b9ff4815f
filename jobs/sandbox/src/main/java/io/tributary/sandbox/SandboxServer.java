package io.tributary.sandbox;

import io.tributary.sandbox.dialect.Quirk;
import io.tributary.sandbox.ledger.Ledger;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A running sandbox on 127.0.0.1. Thread-safe. */
public final class SandboxServer implements AutoCloseable {
    private final Gateway gateway;
    private final HttpServer http;

    private SandboxServer(Gateway gateway, HttpServer http) {
        this.gateway = gateway;
        this.http = http;
    }

    /**
     * Starts a sandbox; it answers when this returns.
     *
     * @throws IllegalArgumentException if an option names an unknown provider or a malformed quota
     * @throws IllegalStateException if the port is taken
     */
    public static SandboxServer start(SandboxOptions options) {
        Gateway gateway = new Gateway(options);
        return new SandboxServer(gateway, new HttpServer(gateway, options.port(), options.threads()));
    }

    public int port() {
        return http.port();
    }

    /** Without a slash at its end: {@code http://127.0.0.1:8089}. A provider's base is this and its prefix. */
    public String baseUrl() {
        return "http://127.0.0.1:" + port();
    }

    /** The books, without the way through HTTP. */
    public Ledger ledger() {
        return gateway.ledger();
    }

    /** Every habit of every provider, by the provider's name. */
    public static Map<String, List<Quirk>> quirks() {
        Map<String, List<Quirk>> quirks = new TreeMap<>();
        Gateway.DIALECTS.forEach(dialect -> quirks.put(dialect.provider(), dialect.quirks()));
        return quirks;
    }

    /** Waits until someone closes the server. */
    public void awaitClose() {
        http.awaitClose();
    }

    /** Closes all connections, hanging ones too. Safe to call twice. */
    @Override
    public void close() {
        http.close();
    }
}
