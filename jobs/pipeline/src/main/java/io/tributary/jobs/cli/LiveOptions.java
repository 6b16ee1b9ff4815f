package io.tributary.jobs.cli;

import io.tributary.call.HttpClient5Transport;
import io.tributary.call.TransportSettings;
import io.tributary.jobs.live.LiveProvider;
import io.tributary.provider.Auth;
import io.tributary.provider.ProviderSpec;
import io.tributary.secret.SecretRef;
import io.tributary.secret.SecretSource;
import io.tributary.secret.StoredSecrets;
import io.tributary.yaml.Faults;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** How commands find a provider's file, and ask the provider by hand. */
final class LiveOptions {
    @picocli.CommandLine.Spec(picocli.CommandLine.Spec.Target.MIXEE)
    CommandSpec command;

    @Option(
            names = "--conf",
            paramLabel = "DIR",
            defaultValue = "conf",
            description = "Folder with providers and fixtures (default: ${DEFAULT-VALUE}).")
    Path conf;

    @Option(
            names = "--key",
            paramLabel = "[PART=]PLACE",
            description =
                    "Where the key is: env:NAME, file:PATH, exec:COMMAND, or a secret manager (docs/keys.md); repeatable"
                            + " with its parts, such as client-id=env:ID. Never the key itself.")
    List<String> keys = List.of();

    @Option(
            names = "--base-url",
            paramLabel = "URL",
            description = "Asks here instead of at the addresses of the file, its path in front of theirs.")
    URI baseUrl;

    @Option(
            names = "--max-calls",
            paramLabel = "N",
            defaultValue = "3",
            description = "The most calls (default: ${DEFAULT-VALUE}).")
    int calls;

    /** The file of a provider, with the faults that it has. */
    ProviderSpec spec(String name) throws IOException {
        Path file = file(name);
        String text = Files.readString(file);
        Faults faults = new Faults();
        ProviderSpec.check(file.getFileName().toString(), text, faults);
        faults.throwIfAny();
        return ProviderSpec.parse(file.getFileName().toString(), text);
    }

    Path file(String name) {
        Path file = conf.resolve("providers").resolve(name + ".yaml");
        if (!Files.isRegularFile(file)) {
            throw refused("there is no " + file);
        }
        return file;
    }

    /** The parts of the key by their places. */
    Map<String, SecretRef> key(Auth auth) {
        Map<String, SecretRef> parts = new LinkedHashMap<>();
        for (String key : keys) {
            int equals = key.matches("[a-z][a-z0-9-]*=.*") ? key.indexOf('=') : -1;
            try {
                parts.put(equals < 0 ? Auth.KEY : key.substring(0, equals), SecretRef.parse(key.substring(equals + 1)));
            } catch (IllegalArgumentException noPlace) {
                throw refused("--key: " + noPlace.getMessage());
            }
        }
        Set<String> lacking = auth.lacking(parts.keySet());
        if (!lacking.isEmpty()) {
            throw refused("the key lacks the part " + String.join(", ", lacking) + "; write for instance --key "
                    + (lacking.contains(Auth.KEY) ? "" : lacking.iterator().next() + "=") + "env:NAME");
        }
        return parts;
    }

    /** Secrets of this machine, and of the secret managers whose modules are there. */
    static SecretSource secrets() {
        return new StoredSecrets(System.getenv(), LiveOptions::warn);
    }

    /** Lets something ask the provider, and closes what was opened for it. */
    static <T> T asking(
            ProviderSpec spec, Map<String, SecretRef> key, SecretSource store, Function<LiveProvider, T> work)
            throws IOException {
        try (HttpClient5Transport transport = new HttpClient5Transport(TransportSettings.DEFAULT);
                LiveProvider provider = new LiveProvider(
                        spec, key, store, transport, Clock.systemUTC(), LiveOptions::pause, LiveOptions::warn)) {
            return work.apply(provider);
        }
    }

    private static void pause(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }

    private static void warn(String sentence) {
        System.err.println("warning: " + sentence);
    }

    ParameterException refused(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
