package io.tributary.jobs.cli;

import io.tributary.jobs.live.LiveProvider;
import io.tributary.model.KeyKind;
import io.tributary.model.LookupKey;
import io.tributary.model.Outcome;
import io.tributary.provider.Ask;
import io.tributary.provider.Auth;
import io.tributary.provider.Fixtures;
import io.tributary.provider.ItemReading;
import io.tributary.provider.LiveCheck;
import io.tributary.provider.ProviderSpec;
import io.tributary.secret.Secret;
import io.tributary.secret.SecretRef;
import io.tributary.yaml.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tributary providers check}. */
@Command(
        name = "check",
        description =
                "Checks providers' files, and replays their recorded replies; without a name, of all. Nothing is sent, but"
                        + " with --live a few asks of the file's 'live' to the provider's own sandbox.",
        mixinStandardHelpOptions = true)
final class ProviderCheckCommand implements Callable<Integer> {
    @Mixin
    LiveOptions live;

    @Option(
            names = "--live",
            description = "Asks the provider's own sandbox too, or the provider by its public test key.")
    boolean asks;

    @Parameters(arity = "0..*", paramLabel = "NAME", description = "Names of providers.")
    List<String> names = List.of();

    @Override
    public Integer call() throws IOException {
        int faults = 0;
        if (asks && names.isEmpty()) {
            throw live.refused("--live asks a provider: say which");
        }
        for (String name : names.isEmpty() ? all() : names) {
            int found = check(name);
            faults += asks && found == 0 ? live(name) : found;
        }
        return faults == 0 ? 0 : 1;
    }

    private List<String> all() throws IOException {
        try (Stream<Path> files = Files.list(live.conf.resolve("providers"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .map(name -> name.substring(0, name.length() - ".yaml".length()))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException e) {
            throw live.refused("there is no folder " + e.getMessage());
        }
    }

    private int check(String name) throws IOException {
        Path file = live.file(name);
        String text = Files.readString(file);
        Faults faults = new Faults();
        ProviderSpec.check(file.getFileName().toString(), text, faults);
        if (!faults.isEmpty()) {
            System.out.println(name + ": the file can't be used");
            faults.list().forEach(fault -> System.out.println("  " + fault));
            return faults.list().size();
        }
        Fixtures.Replayed replayed =
                Fixtures.replay(ProviderSpec.parse(file.getFileName().toString(), text), live.conf.resolve("fixtures"));
        System.out.println(name + ": " + replayed.facts() + " facts, "
                + (replayed.facts() == 0
                        ? "so nothing is known of how it answers; keep some in "
                                + live.conf.resolve("fixtures").resolve(name)
                        : replayed.faults().isEmpty()
                                ? "all as recorded"
                                : replayed.faults().size() + " not as recorded"));
        replayed.faults().forEach(fault -> System.out.println("  " + fault.replace("\n", "\n  ")));
        return replayed.faults().size();
    }

    private int live(String name) throws IOException {
        ProviderSpec file = live.spec(name);
        LiveCheck check = file.live()
                .orElseThrow(() -> live.refused(name + ": its file names no sandbox and no test key ('live'), so every"
                        + " call could cost; 'providers record' makes one that you choose"));
        ProviderSpec spec = live.baseUrl == null ? file.at(check.hosts()) : file.behind(live.baseUrl);
        // What a provider publishes as a key for everybody is no secret.
        boolean published = check.key().isPresent() && live.keys.isEmpty();
        SecretRef place = SecretRef.parse("file:" + live.file(name));
        return LiveOptions.asking(
                spec,
                published ? Map.of(Auth.KEY, place) : live.key(spec.auth()),
                published ? ref -> new Secret(ref, check.key().get()) : LiveOptions.secrets(),
                provider -> {
                    int faults = 0;
                    int calls = 0;
                    for (LiveCheck.Trial trial : check.asks()) {
                        if (calls == live.calls) {
                            System.out.println("  the rest is not asked: --max-calls " + live.calls);
                            break;
                        }
                        Ask ask = new Ask("live", new LookupKey(KeyKind.EMAIL, "live"), trial.inputs(), 0);
                        List<LiveProvider.Exchange> made = provider.ask(
                                spec.operation(trial.operation()).orElseThrow(), List.of(ask), live.calls - calls);
                        calls += made.size();
                        faults += told(trial, made.get(made.size() - 1)) ? 0 : 1;
                    }
                    return faults;
                });
    }

    private static boolean told(LiveCheck.Trial trial, LiveProvider.Exchange last) {
        Optional<Outcome> outcome =
                last.reading().items().stream().map(ItemReading::outcome).findFirst();
        boolean good = outcome.filter(trial.means()::contains).isPresent();
        System.out.println(
                "  live " + trial.operation() + ": HTTP " + last.answer().status() + ", "
                        + outcome.map(Enum::name)
                                .orElse(last.reading().verdict().name())
                                .toLowerCase(Locale.ROOT)
                        + (last.reading().reason().isEmpty()
                                ? ""
                                : " (" + last.reading().reason() + ")")
                        + (good ? ", as it should be" : ", and not one of " + new TreeSet<>(trial.means())));
        return good;
    }
}
