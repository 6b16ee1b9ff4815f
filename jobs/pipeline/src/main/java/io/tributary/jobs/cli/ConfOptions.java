package io.tributary.jobs.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.provider.ProviderSpec;
import io.tributary.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of every command that reads settings. */
final class ConfOptions {
    @Spec(Spec.Target.MIXEE)
    picocli.CommandLine.Model.CommandSpec command;

    @Option(
            names = "--conf",
            paramLabel = "DIR",
            defaultValue = "conf",
            description = "Folder with pipeline.yaml (default: ${DEFAULT-VALUE}).")
    Path conf;

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = "Override one setting, for instance journal.max-answers=100. May be repeated.")
    List<String> overrides = new ArrayList<>();

    @Option(names = "--sets", paramLabel = "JSON", description = "The same as a JSON list, for schedulers.")
    String overridesAsJson = "[]";

    Settings load() {
        List<String> all = new ArrayList<>();
        try {
            all.addAll(List.of(new ObjectMapper().readValue(overridesAsJson, String[].class)));
        } catch (JsonProcessingException e) {
            throw new ParameterException(
                    command.commandLine(), "--sets takes a JSON list of strings, for instance [\"a.b=1\"]");
        }
        all.addAll(overrides);
        return Settings.load(conf, all, (file, name, faults) -> ProviderSpec.check(name, text(file), faults));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the file can't be read: " + file, e);
        }
    }

    /** Spark's settings for a local session, beside the pipeline's. */
    Path sparkDefaults() {
        return (Files.isDirectory(conf) ? conf : conf.toAbsolutePath().getParent()).resolve("spark-local.conf");
    }

    /** An instant as ISO 8601, or a date, which means its first moment in UTC. */
    static Instant instant(picocli.CommandLine.Model.CommandSpec command, String option, String text) {
        try {
            return text.length() == 10
                    ? Instant.parse(text + "T00:00:00Z")
                    : java.time.OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw new ParameterException(
                    command.commandLine(), option + " takes a time such as 2026-11-23T02:00:00Z, not " + text);
        }
    }
}
