package io.tributary.acceptance;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.jobs.bench.Tether;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process that runs one command after another on a Spark of its own: nights on which nothing goes wrong, at a third of what they
 * cost a new process. Not thread-safe.
 */
final class WarmDriver implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;
    private final Path log;

    private WarmDriver(Process process, Path log) {
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.log = log;
    }

    /** @param log of what the commands print; its folder is that of the process */
    static WarmDriver start(Path log) throws IOException {
        return start(log, "");
    }

    /** @param java options of its JVM */
    static WarmDriver start(Path log, String java) throws IOException {
        Path folder = Files.createDirectories(log.getParent());
        ProcessBuilder builder = new ProcessBuilder(Home.sparkSubmit(
                        "--master",
                        "local[2]",
                        "--jars",
                        Home.JOB_JAR.toString(),
                        "--class",
                        "io.tributary.jobs.cli.WarmDriver",
                        Home.pipelineTests().toString()))
                .directory(folder.toFile())
                .redirectError(log.toFile());
        builder.environment().put("JDK_JAVA_OPTIONS", java);
        builder.environment().put("SPARK_HOME", Home.SPARK.toString());
        builder.environment().put(Home.QUIET.split("=", 2)[0], Home.QUIET.split("=", 2)[1]);
        Process process = builder.start();
        return new WarmDriver(Tether.tied(process), log);
    }

    /**
     * The exit code of a command.
     *
     * @throws IOException if it does not end within ten minutes; then the process is killed
     */
    int run(List<String> arguments) throws IOException, InterruptedException {
        process.outputWriter(StandardCharsets.UTF_8)
                .append(new ObjectMapper().writeValueAsString(arguments))
                .append('\n')
                .flush();
        try {
            String answer = CompletableFuture.supplyAsync(this::answer).get(10, TimeUnit.MINUTES);
            return Integer.parseInt(answer.strip().split(" ", 2)[1]);
        } catch (ExecutionException | TimeoutException e) {
            close();
            throw new IOException("no answer to " + arguments + ":\n" + Files.readString(log), e);
        }
    }

    /** Whether it takes another command. */
    boolean alive() {
        return process.isAlive();
    }

    /** Lets it come to its own end. */
    void end() throws IOException, InterruptedException {
        process.outputWriter(StandardCharsets.UTF_8).close();
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            throw new IOException("it does not end, see " + log);
        }
    }

    private String answer() {
        try {
            String line = answers.readLine();
            if (line == null) {
                throw new IOException("the process has ended");
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
