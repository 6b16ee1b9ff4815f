package io.tributary.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.sandbox.SandboxOptions;
import io.tributary.sandbox.SandboxServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The DAG in a real Airflow: loaded, and one night run against the sandbox. */
@Order(2)
class AirflowIT {
    @TempDir
    Path folder;

    @Test
    void aNightThatDefersWorkRunsGreenWithAWarning() throws Exception {
        Path dags = Home.FOLDER.resolve("airflow-dags");
        Python python = Python.with("airflow", dags.resolve("requirements.txt"));
        try (SandboxServer sandbox =
                SandboxServer.start(SandboxOptions.builder().quotasOff().build())) {
            Shop shop = Shop.in(folder.resolve("shop")).with(30, sandbox, "10");
            Path summaries = Files.createDirectories(folder.resolve("summaries"));
            Path home = Files.createDirectories(folder.resolve("airflow"));
            List<String> environment = new ArrayList<>(List.of(
                    "AIRFLOW_HOME=" + home,
                    "AIRFLOW__CORE__LOAD_EXAMPLES=False",
                    "AIRFLOW__CORE__DAGS_FOLDER=" + dags,
                    "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN=sqlite:///" + home.resolve("airflow.db"),
                    "AIRFLOW_CONN_SPARK_DEFAULT={\"conn_type\": \"spark\", \"host\": \"local[2]\"}",
                    "AIRFLOW_VAR_TRIBUTARY_JOB_JAR=" + Home.JOB_JAR,
                    "AIRFLOW_VAR_TRIBUTARY_CONF=" + shop.conf(),
                    "AIRFLOW_VAR_TRIBUTARY_SUMMARY_DIR=" + summaries,
                    "TRIBUTARY_TEST_SUMMARIES=" + summaries,
                    "SPARK_HOME=" + Home.SPARK,
                    "SPARK_LOCAL_IP=127.0.0.1",
                    Home.QUIET,
                    "PYTHONDONTWRITEBYTECODE=1",
                    "PATH=" + Home.FOLDER.resolve("jobs/acceptance/src/test/scripts") + ":" + System.getenv("PATH")));
            Home.Ended migrated = Home.run(
                    folder,
                    List.of(
                            Path.of(python.executable())
                                    .resolveSibling("airflow")
                                    .toString(),
                            "db",
                            "migrate"),
                    environment);
            assertEquals(0, migrated.exitCode(), migrated.output());
            Home.Ended tested = Home.run(
                    folder,
                    List.of(
                            python.executable(),
                            "-m",
                            "pytest",
                            "-q",
                            "-p",
                            "no:cacheprovider",
                            dags.resolve("tests").toString()),
                    environment);
            assertEquals(0, tested.exitCode(), tested.output());
            assertTrue(tested.output().contains("4 passed"), tested.output());
            assertTrue(sandbox.ledger().counts("hunter").calls() > 0);
        }
    }
}
