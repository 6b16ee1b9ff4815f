package io.tributary.acceptance;

import io.tributary.jobs.bench.Tether;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A {@code nightly} under way: a driver of its own on a cluster. */
record ClusterNight(Process driver, Path log) implements AutoCloseable {
    /**
     * What the nights of a round have in common.
     *
     * @param folder for logs
     * @param spark further settings of Spark
     * @param jars beside the job's
     * @param java options of the driver's and the executors' JVMs
     * @param options of {@code nightly}
     */
    record Setting(
            Path folder,
            String master,
            Map<String, String> spark,
            List<String> jars,
            String java,
            List<String> options) {
        Setting {
            spark = Map.copyOf(spark);
            jars = List.copyOf(jars);
            options = List.copyOf(options);
        }

        /** With more settings of Spark, which prevail. */
        Setting with(Map<String, String> more) {
            Map<String, String> both = new HashMap<>(spark);
            both.putAll(more);
            return new Setting(folder, master, both, jars, java, options);
        }
    }

    static ClusterNight start(String name, Setting setting) throws IOException {
        List<String> command = new ArrayList<>(Home.sparkSubmit(
                "--master",
                setting.master(),
                "--conf",
                "spark.executor.cores=1",
                "--conf",
                "spark.cores.max=2",
                "--conf",
                "spark.executor.memory=700m",
                "--conf",
                "spark.executor.extraJavaOptions=" + setting.java(),
                "--conf",
                "spark.ui.enabled=false",
                // Small data on two cores: adapted plans and many partitions cost more than they save.
                "--conf",
                "spark.sql.adaptive.enabled=false",
                "--conf",
                "spark.sql.shuffle.partitions=2",
                "--conf",
                "spark.sql.sources.parallelPartitionDiscovery.parallelism=2",
                // As in the demo: to interpret a query over few rows takes less than to compile it.
                "--conf",
                "spark.sql.codegen.wholeStage=false",
                "--conf",
                "spark.sql.codegen.factoryMode=NO_CODEGEN",
                "--conf",
                "spark.driver.bindAddress=127.0.0.1"));
        Map<String, String> spark = new HashMap<>(Map.of("spark.driver.host", "127.0.0.1"));
        spark.putAll(setting.spark());
        spark.forEach((key, value) -> command.addAll(List.of("--conf", key + "=" + value)));
        if (!setting.jars().isEmpty()) {
            command.addAll(List.of("--jars", String.join(",", setting.jars())));
        }
        command.addAll(List.of("--class", "io.tributary.jobs.cli.Tributary", Home.JOB_JAR.toString()));
        command.addAll(setting.options());
        Path log = setting.folder().resolve(name + ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(setting.folder().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        Map<String, String> environment = builder.environment();
        environment.put("JDK_JAVA_OPTIONS", setting.java());
        environment.put("SPARK_HOME", Home.SPARK.toString());
        environment.put("SPARK_LOCAL_IP", "127.0.0.1");
        environment.put(Home.QUIET.split("=", 2)[0], Home.QUIET.split("=", 2)[1]);
        return new ClusterNight(Tether.tied(builder.start()), log);
    }

    /**
     * The exit code.
     *
     * @throws IOException if it has none after so long; then it is killed
     */
    int ended(Duration atMost) throws IOException, InterruptedException {
        if (!driver.waitFor(atMost.toSeconds(), TimeUnit.SECONDS)) {
            close();
            throw new IOException("not done after " + atMost + ":\n" + output());
        }
        return driver.exitValue();
    }

    boolean alive() {
        return driver.isAlive();
    }

    String output() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() {
        driver.destroyForcibly();
    }
}
