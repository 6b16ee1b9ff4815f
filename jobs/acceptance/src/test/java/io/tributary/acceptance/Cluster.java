package io.tributary.acceptance;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Spark standalone cluster of real JVMs on loopback, from the jars-only layout. */
final class Cluster implements AutoCloseable {
    private final List<Process> processes;
    private final String master;

    private Cluster(List<Process> processes, String master) {
        this.processes = processes;
        this.master = master;
    }

    static Cluster start(Path folder, int workers) throws IOException {
        Files.createDirectories(folder);
        int port = freePort();
        List<Process> processes = new ArrayList<>();
        String master = "spark://127.0.0.1:" + port;
        processes.add(java(
                folder.resolve("master.log"),
                "org.apache.spark.deploy.master.Master",
                "--host",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--webui-port",
                "0"));
        for (int i = 0; i < workers; i++) {
            processes.add(java(
                    folder.resolve("worker-" + i + ".log"),
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
                    folder.resolve("work-" + i).toString(),
                    master));
        }
        return new Cluster(processes, master);
    }

    String master() {
        return master;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static Process java(Path log, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "-cp",
                Home.SPARK.resolve("jars") + "/*"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("SPARK_HOME", Home.SPARK.toString());
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        builder.environment().put("SPARK_SCALA_VERSION", "2.13");
        return builder.start();
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
    }
}
