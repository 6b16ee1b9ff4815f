package io.tributary.jobs.bench;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A Spark standalone cluster of real processes on 127.0.0.1, from a folder that holds Spark's jars: for benchmarks and tests.
 * It ends with this process. For one thread.
 */
public final class LocalCluster implements AutoCloseable {
    private final Path spark;
    private final Path folder;
    private final String master;
    private final List<Process> processes = new ArrayList<>();
    private final List<Process> workers = new ArrayList<>();

    private LocalCluster(Path spark, Path folder, int port) {
        this.spark = spark;
        this.folder = folder;
        this.master = "spark://127.0.0.1:" + port;
    }

    /**
     * Starts a master and workers of one core each.
     *
     * @param spark a folder with {@code jars}
     * @param folder for logs and work
     */
    public static LocalCluster start(Path spark, Path folder, int workers) throws IOException {
        Files.createDirectories(folder);
        int port = freePort();
        LocalCluster cluster = new LocalCluster(spark, folder, port);
        cluster.processes.add(cluster.java(
                folder.resolve("master.log"),
                "org.apache.spark.deploy.master.Master",
                "--host",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--webui-port",
                "0"));
        for (int i = 0; i < workers; i++) {
            cluster.addWorker();
        }
        return cluster;
    }

    /** For {@code spark.master}. */
    public String master() {
        return master;
    }

    /** One worker more. */
    public void addWorker() throws IOException {
        int number = workers.size();
        Process worker = java(
                folder.resolve("worker-" + number + ".log"),
                "org.apache.spark.deploy.worker.Worker",
                "--host",
                "127.0.0.1",
                "--cores",
                "1",
                "--memory",
                "1g",
                "--webui-port",
                "0",
                "--work-dir",
                folder.resolve("work-" + number).toString(),
                master);
        workers.add(worker);
        processes.add(worker);
    }

    /** How many workers were started, dead ones too. */
    public int workers() {
        return workers.size();
    }

    /** The process of a worker. */
    public ProcessHandle worker(int worker) {
        return workers.get(worker).toHandle();
    }

    /** The process of the executor at a worker, if it has one now. */
    public Stream<ProcessHandle> executor(int worker) {
        return workers.get(worker)
                .descendants()
                .filter(process -> process.info().commandLine().orElse("").contains("CoarseGrainedExecutorBackend"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private Process java(Path log, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "-cp",
                spark.resolve("jars") + "/*"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("SPARK_HOME", spark.toString());
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        builder.environment().put("SPARK_SCALA_VERSION", "2.13");
        return Tether.tied(builder.start());
    }

    @Override
    public void close() {
        for (Process process : processes) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
