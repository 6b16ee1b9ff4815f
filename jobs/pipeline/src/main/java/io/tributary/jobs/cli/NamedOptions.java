package io.tributary.jobs.cli;

import io.tributary.privacy.Identifier;
import io.tributary.privacy.Identifier.Kind;
import io.tributary.privacy.UnusableIdentifierException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that name people or companies. What is wrong with one is told without repeating it. */
final class NamedOptions {
    @Spec(Spec.Target.MIXEE)
    CommandSpec command;

    @Option(
            names = "--email",
            paramLabel = "ADDRESS",
            description = "By e-mail address. May be repeated, as may all of these.")
    List<String> emails = new ArrayList<>();

    @Option(names = "--linkedin", paramLabel = "PAGE", description = "By LinkedIn page.")
    List<String> pages = new ArrayList<>();

    @Option(names = "--phone", paramLabel = "NUMBER", description = "By telephone number, with its country code.")
    List<String> phones = new ArrayList<>();

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description =
                    "By the lines of a file, each a value or kind:value; - reads standard input, and no value shows in"
                            + " the list of processes.")
    Optional<Path> file = Optional.empty();

    /**
     * Whoever is named.
     *
     * @param allowed the kinds that this command takes
     * @param besides the options that it has besides these
     */
    List<Identifier> read(Set<Kind> allowed, List<Given> besides) throws IOException {
        List<Identifier> named = new ArrayList<>();
        List<Given> given = new ArrayList<>(List.of(
                new Given("--email", Kind.EMAIL, emails),
                new Given("--linkedin", Kind.LINKEDIN, pages),
                new Given("--phone", Kind.PHONE, phones)));
        given.addAll(besides);
        for (Given option : given) {
            for (String value : option.values()) {
                named.add(checked(option.option(), allowed, () -> Identifier.of(option.kind(), value)));
            }
        }
        if (file.isPresent()) {
            List<String> lines = lines(file.get());
            for (int n = 0; n < lines.size(); n++) {
                String line = lines.get(n).strip();
                if (!line.isEmpty() && !line.startsWith("#")) {
                    named.add(checked("--file, line " + (n + 1), allowed, () -> Identifier.parse(line)));
                }
            }
        }
        return named;
    }

    /** The values of one option. */
    record Given(String option, Kind kind, List<String> values) {}

    private Identifier checked(String place, Set<Kind> allowed, Supplier<Identifier> reading) {
        Identifier read;
        try {
            read = reading.get();
        } catch (UnusableIdentifierException e) {
            throw new ParameterException(command.commandLine(), place + ": " + e.getMessage());
        }
        if (!allowed.contains(read.kind())) {
            throw new ParameterException(
                    command.commandLine(),
                    place + ": a " + read + " can't be used here; this command takes " + words(allowed));
        }
        return read;
    }

    private static String words(Set<Kind> kinds) {
        return String.join(", ", kinds.stream().map(Kind::id).sorted().toList());
    }

    private List<String> lines(Path from) throws IOException {
        if (from.toString().equals("-")) {
            return new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
        if (!Files.isReadable(from)) {
            throw new ParameterException(
                    command.commandLine(), "--file: there is no file " + from + " that can be read");
        }
        return Files.readAllLines(from);
    }
}
