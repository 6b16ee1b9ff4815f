package io.tributary.jobs.cli;

import io.tributary.provider.Fixtures;
import io.tributary.provider.ProviderSpec;
import io.tributary.yaml.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tributary providers check}. */
@Command(
        name = "check",
        description =
                "Checks providers' files, and replays their recorded replies; without a name, of all. Nothing is sent.",
        mixinStandardHelpOptions = true)
final class ProviderCheckCommand implements Callable<Integer> {
    @Spec
    CommandSpec command;

    @Option(
            names = "--conf",
            paramLabel = "DIR",
            defaultValue = "conf",
            description = "Folder with providers and fixtures (default: ${DEFAULT-VALUE}).")
    Path conf;

    @Parameters(arity = "0..*", paramLabel = "NAME", description = "Names of providers.")
    List<String> names = List.of();

    @Override
    public Integer call() throws IOException {
        int faults = 0;
        for (String name : names.isEmpty() ? all() : names) {
            faults += check(name);
        }
        return faults == 0 ? 0 : 1;
    }

    private List<String> all() throws IOException {
        try (Stream<Path> files = Files.list(conf.resolve("providers"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .map(name -> name.substring(0, name.length() - ".yaml".length()))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException e) {
            throw new ParameterException(command.commandLine(), "there is no folder " + e.getMessage());
        }
    }

    private int check(String name) throws IOException {
        Path file = conf.resolve("providers").resolve(name + ".yaml");
        if (!Files.isRegularFile(file)) {
            throw new ParameterException(command.commandLine(), "there is no " + file);
        }
        String text = Files.readString(file);
        Faults faults = new Faults();
        ProviderSpec.check(file.getFileName().toString(), text, faults);
        if (!faults.isEmpty()) {
            System.out.println(name + ": the file can't be used");
            faults.list().forEach(fault -> System.out.println("  " + fault));
            return faults.list().size();
        }
        Fixtures.Replayed replayed =
                Fixtures.replay(ProviderSpec.parse(file.getFileName().toString(), text), conf.resolve("fixtures"));
        System.out.println(name + ": " + replayed.facts() + " facts, "
                + (replayed.facts() == 0
                        ? "so nothing is known of how it answers; keep some in "
                                + conf.resolve("fixtures").resolve(name)
                        : replayed.faults().isEmpty()
                                ? "all as recorded"
                                : replayed.faults().size() + " not as recorded"));
        replayed.faults().forEach(fault -> System.out.println("  " + fault.replace("\n", "\n  ")));
        return replayed.faults().size();
    }
}
