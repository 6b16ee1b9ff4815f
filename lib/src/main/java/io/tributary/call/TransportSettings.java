package io.tributary.call;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How the network is used.
 *
 * @param maxConnections the most connections open at once, to all providers and to each
 * @param connectTimeout bound on opening one
 * @param validateAfterIdle a connection idle for longer is looked at before it is used again
 * @param maxBodyBytes a longer body counts as torn
 * @param proxy {@code http://host:port} for all calls
 * @param extraCertificates PEM bundle of certificate authorities that are trusted besides the JDK's own
 */
public record TransportSettings(
        int maxConnections,
        Duration connectTimeout,
        Duration validateAfterIdle,
        int maxBodyBytes,
        Optional<URI> proxy,
        Optional<Path> extraCertificates) {
    public static final TransportSettings DEFAULT = new TransportSettings(
            512, Duration.ofSeconds(10), Duration.ofSeconds(1), 16 << 20, Optional.empty(), Optional.empty());

    public TransportSettings {
        if (maxConnections < 1 || maxBodyBytes < 1) {
            throw new IllegalArgumentException("a transport needs at least one connection and one byte");
        }
    }
}
