package io.tributary.jobs.cli;

import io.tributary.jobs.live.LiveProvider;
import io.tributary.jobs.live.LiveProvider.Exchange;
import io.tributary.model.Identifiers;
import io.tributary.model.Identifiers.Input;
import io.tributary.model.KeyKind;
import io.tributary.model.LookupKey;
import io.tributary.provider.Ask;
import io.tributary.provider.Fixtures;
import io.tributary.provider.Operation;
import io.tributary.provider.ProviderSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tributary providers record}. */
@Command(
        name = "record",
        description = {
            "Asks a provider and keeps what it says as a fact for 'providers check'. This may cost credits.",
            "Keys and tokens are taken out. What the provider says of a real person is not: replace it before you share the"
                    + " file."
        },
        mixinStandardHelpOptions = true)
final class ProviderRecordCommand implements Callable<Integer> {
    @Mixin
    LiveOptions live;

    @Parameters(arity = "1", paramLabel = "NAME", description = "Name of the provider.")
    String name;

    @Option(names = "--operation", required = true, paramLabel = "OPERATION", description = "One of the file.")
    String operation;

    @Option(
            names = "--ask",
            required = true,
            paramLabel = "INPUT=VALUE[,...]",
            description =
                    "Whom to ask about, such as email=ada@acme.com or first_name=Ada,last_name=Lovelace,domain=acme.com;"
                            + " repeatable where the operation takes a batch.")
    List<String> asks;

    @Option(
            names = "--as",
            required = true,
            paramLabel = "FACT",
            description = "The name of the fact's file, such as matched; further answers of the same ask get -2, -3.")
    String as;

    @Option(names = "--fact", paramLabel = "WORDS", description = "What the fact is, in words.")
    String fact = "";

    @Option(
            names = "--max-credits",
            paramLabel = "N",
            defaultValue = "0",
            description = "The most that the ask may cost, by the file (default: ${DEFAULT-VALUE}).")
    double credits;

    @Override
    public Integer call() throws IOException {
        if (!as.matches("[a-z0-9][a-z0-9-]*")) {
            throw live.refused("--as: a name of small letters, digits and -, such as matched");
        }
        ProviderSpec file = live.spec(name);
        ProviderSpec spec = live.baseUrl == null ? file : file.behind(live.baseUrl);
        Operation asked =
                spec.operation(operation).orElseThrow(() -> live.refused(name + " has no operation " + operation));
        List<Ask> people = people(asked);
        double most = asked.worstCaseCredits() * people.size();
        if (most > credits) {
            throw live.refused(
                    "this may cost " + most + " credits; if you mean it, say --max-credits " + (long) Math.ceil(most));
        }
        Path first = target(1);
        if (Files.exists(first)) {
            throw live.refused(first + " exists; choose another name, or remove it");
        }
        LiveOptions.asking(spec, live.key(spec.auth()), LiveOptions.secrets(), provider -> {
            keep(provider.ask(asked, people, live.calls), file, provider);
            return null;
        });
        return 0;
    }

    private List<Ask> people(Operation asked) {
        List<Ask> people = new ArrayList<>();
        for (String ask : asks) {
            Map<Input, String> inputs = new EnumMap<>(Input.class);
            for (String part : ask.split(",(?=[a-z_]+=)")) {
                int equals = part.indexOf('=');
                try {
                    inputs.put(
                            Input.valueOf(part.substring(0, Math.max(0, equals)).toUpperCase(Locale.ROOT)),
                            part.substring(equals + 1).strip());
                } catch (IllegalArgumentException unknown) {
                    throw live.refused(
                            "--ask: each part is an input and its value, such as email=ada@acme.com; inputs are "
                                    + Arrays.stream(Input.values())
                                            .map(Input::id)
                                            .collect(Collectors.joining(", ")));
                }
            }
            Identifiers known = new Identifiers(inputs);
            if (!asked.accepts(known)) {
                throw live.refused("--ask: " + operation + " can't be asked by this alone; see 'needs' in the file");
            }
            String reference = "ask-" + (people.size() + 1);
            people.add(new Ask(reference, new LookupKey(KeyKind.EMAIL, reference), known, 0, Optional.empty()));
        }
        if (people.size() > asked.batchSize()) {
            throw live.refused(operation + " takes at most " + asked.batchSize() + " asks in one call");
        }
        return people;
    }

    private Path target(int number) {
        return live.conf
                .resolve("fixtures")
                .resolve(name)
                .resolve(operation)
                .resolve(as + (number == 1 ? "" : "-" + number) + ".json");
    }

    private void keep(List<Exchange> exchanges, ProviderSpec file, LiveProvider provider) {
        int number = 0;
        for (Exchange exchange : exchanges) {
            Path target = target(++number);
            String text = Fixtures.recorded(
                    fact.isBlank() ? as.replace('-', ' ') : fact,
                    file,
                    operation,
                    exchange.asks(),
                    exchange.answer(),
                    provider::scrubbed);
            try {
                Files.createDirectories(target.getParent());
                Files.writeString(target, text);
            } catch (IOException e) {
                throw new UncheckedIOException(target + " can't be written", e);
            }
            System.out.println(target + ": HTTP " + exchange.answer().status() + ", "
                    + exchange.reading()
                            .verdict()
                            .name()
                            .toLowerCase(Locale.ROOT)
                            .replace('_', '-') + ", "
                    + exchange.reading().items().stream()
                            .map(item -> item.reference() + " "
                                    + item.outcome()
                                            .name()
                                            .toLowerCase(Locale.ROOT)
                                            .replace('_', '-'))
                            .collect(Collectors.joining(", ")));
        }
        System.out.println(
                "Read what was kept, and replace what it says of real people before you share it. Replay it with:"
                        + " tributary providers check " + name);
    }
}
