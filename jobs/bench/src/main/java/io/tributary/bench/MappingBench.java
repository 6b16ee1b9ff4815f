package io.tributary.bench;

import io.tributary.provider.Fixtures.Sample;
import io.tributary.provider.Reading;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * How many answers one core normalises in a second: from the bytes of a reply to profiles, for the richest recorded match of
 * each provider at 2 KB an answer.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class MappingBench {
    private static final double BOUND = 50_000;

    @Param("")
    private String conf;

    @Param("")
    private String provider;

    private Sample sample;

    /** Makes the reply, and insists that it is understood. */
    @Setup
    public void prepare() {
        sample = Samples.real(Samples.richest(Path.of(conf), provider));
        if (Samples.fields(sample) == 0) {
            throw new IllegalStateException(provider + ": nothing is understood of the sample");
        }
    }

    /** One reply, understood. */
    @Benchmark
    public Reading map() {
        return sample.read();
    }

    /**
     * Prints a line for each provider, and what is slowest against the bound.
     *
     * @param arguments the folder of settings; then {@code --json}, and names of providers instead of all
     */
    public static void main(String[] arguments) throws RunnerException {
        Path conf = Path.of(arguments[0]);
        List<String> words = Arrays.asList(arguments).subList(1, arguments.length);
        boolean json = words.contains("--json");
        List<String> chosen =
                words.stream().filter(word -> !word.startsWith("--")).toList();
        List<String> providers = chosen.isEmpty() ? Samples.providers(conf) : chosen;
        Options options = new OptionsBuilder()
                .include(MappingBench.class.getName())
                .param("conf", conf.toAbsolutePath().toString())
                .param("provider", providers.toArray(String[]::new))
                .forks(1)
                .threads(1)
                .jvmArgs("-Xmx512m", "-XX:+UseParallelGC", "-XX:ParallelGCThreads=1")
                .warmupIterations(3)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(4)
                .measurementTime(TimeValue.seconds(1))
                .verbosity(VerboseMode.SILENT)
                .build();
        if (!json) {
            System.out.printf(
                    Locale.ROOT,
                    "%d providers, about %d s each ...%n%-18s %8s %8s %8s %14s%n",
                    providers.size(),
                    8,
                    "provider",
                    "bytes",
                    "answers",
                    "fields",
                    "answers/s/core");
        }
        List<Line> lines = new ArrayList<>();
        for (RunResult result : new Runner(options).run()) {
            lines.add(line(conf, result));
            if (!json) {
                System.out.println(lines.get(lines.size() - 1).text());
            }
        }
        Line slowest =
                lines.stream().min(Comparator.comparingDouble(Line::perSecond)).orElseThrow();
        System.out.println(json ? slowest.json() : slowest.figure());
        System.exit(slowest.perSecond() >= BOUND ? 0 : 1);
    }

    private static Line line(Path conf, RunResult result) {
        String provider = result.getParams().getParam("provider");
        Sample sample = Samples.real(Samples.richest(conf, provider));
        int answers = Samples.answers(sample);
        return new Line(
                provider,
                sample.reply().body().length,
                answers,
                Samples.fields(sample),
                result.getPrimaryResult().getScore() * answers,
                result.getPrimaryResult().getScoreError() * answers);
    }

    private record Line(String provider, int bytes, int answers, long fields, double perSecond, double error) {
        String text() {
            return String.format(
                    Locale.ROOT,
                    "%-18s %8d %8d %8d %,14.0f ± %,.0f",
                    provider,
                    bytes,
                    answers,
                    fields,
                    perSecond,
                    error);
        }

        String figure() {
            return String.format(
                    Locale.ROOT,
                    "answers normalised a second and core, the slowest (%s) | %.0f | at least %.0f | %s",
                    provider,
                    perSecond,
                    BOUND,
                    perSecond >= BOUND ? "pass" : "fail");
        }

        String json() {
            return String.format(
                    Locale.ROOT,
                    "{\"name\":\"answers normalised a second and core, the slowest\",\"provider\":\"%s\",\"value\":%.0f,"
                            + "\"bound\":%.0f,\"pass\":%b}",
                    provider,
                    perSecond,
                    BOUND,
                    perSecond >= BOUND);
        }
    }
}
