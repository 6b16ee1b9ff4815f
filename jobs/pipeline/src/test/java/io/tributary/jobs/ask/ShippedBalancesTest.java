package io.tributary.jobs.ask;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tributary.call.BalanceCall;
import io.tributary.call.HttpClient5Transport;
import io.tributary.call.ScheduledLoop;
import io.tributary.call.TransportSettings;
import io.tributary.credential.GrantedCredentials;
import io.tributary.credential.KeyDesk;
import io.tributary.provider.BalanceReading;
import io.tributary.provider.ProviderSpec;
import io.tributary.quota.Gate;
import io.tributary.quota.GateSettings;
import io.tributary.quota.GuavaPacer;
import io.tributary.quota.Share;
import io.tributary.sandbox.SandboxOptions;
import io.tributary.sandbox.SandboxServer;
import io.tributary.secret.Secret;
import io.tributary.secret.SecretRef;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The accounts of the shipped files, over HTTP and with the providers' own ways to show a key. */
class ShippedBalancesTest {
    static Stream<Arguments> providers() {
        return Stream.of(
                Arguments.of("hunter", Map.of("key", "sandbox-hunter-key")),
                Arguments.of("apollo", Map.of("key", "sandbox-apollo-key")),
                Arguments.of("lusha", Map.of("key", "sandbox-lusha-key")),
                Arguments.of(
                        "snovio", Map.of("client-id", "sandbox-snovio-id", "client-secret", "sandbox-snovio-secret")),
                Arguments.of(
                        "zoominfo",
                        Map.of("client-id", "sandbox-zoominfo-id", "client-secret", "sandbox-zoominfo-secret")),
                Arguments.of(
                        "zoominfo-legacy",
                        Map.of("username", "sandbox-zoominfo-user", "password", "sandbox-zoominfo-password")));
    }

    @ParameterizedTest
    @MethodSource("providers")
    void theAccountTellsWhatIsLeft(String provider, Map<String, String> key) throws IOException {
        String text = Files.readString(Path.of("../../conf/providers/" + provider + ".yaml"));
        Map<String, SecretRef> places =
                key.keySet().stream().collect(Collectors.toMap(part -> part, part -> SecretRef.parse("file:/" + part)));
        try (SandboxServer sandbox = SandboxServer.start(
                        SandboxOptions.builder().credits(provider, 1234).build());
                HttpClient5Transport transport = new HttpClient5Transport(TransportSettings.DEFAULT);
                ScheduledLoop loop = new ScheduledLoop("account", Clock.systemUTC());
                KeyDesk desk = new KeyDesk(
                        ref -> new Secret(ref, key.get(ref.name().substring(1))),
                        transport,
                        Clock.systemUTC(),
                        Duration.ofHours(1),
                        warning -> {})) {
            ProviderSpec spec =
                    ProviderSpec.parse(provider + ".yaml", text).behind(URI.create(sandbox.baseUrl() + "/" + provider));
            desk.with(provider, spec.auth(), List.of(places));
            BalanceReading reading = new BalanceCall(
                            loop,
                            transport,
                            new Gate(
                                    spec.windows(),
                                    GateSettings.of(Share.ALL, 1),
                                    GuavaPacer::new,
                                    java.time.InstantSource.system()),
                            new GrantedCredentials(
                                    provider, spec.auth(), desk, (delay, action) -> {}, Clock.systemUTC()),
                            spec.balance().orElseThrow(),
                            () -> 0.5)
                    .start(Duration.ofSeconds(10))
                    .join();
            assertEquals("", reading.reason());
            assertEquals(
                    OptionalDouble.of(1234), reading.balance().orElseThrow().remaining());
        }
    }
}
