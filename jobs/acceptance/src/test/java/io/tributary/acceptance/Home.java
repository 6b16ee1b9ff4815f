package io.tributary.acceptance;

import io.tributary.jobs.bench.Tether;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The built project: its folder, its jars, and its commands as processes. */
final class Home {
    static final Path FOLDER = Path.of(System.getProperty("tributary.home")).toAbsolutePath();
    static final Path JOB_JAR = FOLDER.resolve("jobs/pipeline/target/tributary-job.jar");
    static final Path SPARK = FOLDER.resolve("jobs/spark/target/spark");

    /** Spark says thousands of lines a night below warnings. */
    static final String QUIET =
            "SPARK_SUBMIT_OPTS=-Dlog4j2.configurationFile=" + FOLDER.resolve("conf/log4j2.properties");

    /**
     * Short lives on few cores: half of a processor's time would go into code that is optimised and then not used, and a sixth into
     * checking the same classes again in each process.
     */
    static final String SHORT_LIVED = "-XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=256m"
            + " -XX:+UnlockDiagnosticVMOptions -XX:-BytecodeVerificationRemote";

    private Home() {}

    /** A finished process. */
    record Ended(int exitCode, String output) {}

    static Ended run(Path directory, List<String> command, List<String> environment) throws IOException {
        Path log = Files.createTempFile("tributary-process", ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("JDK_JAVA_OPTIONS", SHORT_LIVED);
        environment.forEach(pair -> builder.environment().put(pair.split("=", 2)[0], pair.split("=", 2)[1]));
        Process process = Tether.tied(builder.start());
        try {
            if (!process.waitFor(10, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IOException("not done after 10 minutes: " + command + "\n" + Files.readString(log));
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        return new Ended(process.exitValue(), Files.readString(log));
    }

    /** The commit of the project that is there, {@code -dirty} if it is not all; empty if it is not under version control. */
    static String commit() {
        try {
            Ended said = run(FOLDER, List.of("git", "describe", "--always", "--dirty", "--exclude=*"), List.of());
            return said.exitCode() == 0 ? said.output().strip() : "";
        } catch (IOException noGit) {
            return "";
        }
    }

    /** The jar of the pipeline's tests. */
    static Path pipelineTests() throws IOException {
        try (Stream<Path> built = Files.list(JOB_JAR.getParent())) {
            return built.filter(jar -> jar.toString().endsWith("-tests.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("the test jar of the pipeline is not built"));
        }
    }

    static List<String> sparkSubmit(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                FOLDER.resolve("jobs/acceptance/src/test/scripts/spark-submit").toString()));
        command.addAll(List.of(arguments));
        return command;
    }
}
