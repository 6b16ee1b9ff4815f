package io.tributary.jobs;

import com.holdenkarau.spark.testing.JavaDatasetSuiteBase;
import io.tributary.jobs.cluster.TributaryPlugin;
import java.io.Serializable;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;

/** A local Spark with Delta for a test class: spark-testing-base under JUnit 5. */
public abstract class SparkTest extends JavaDatasetSuiteBase implements Serializable {

    @BeforeEach
    void openSpark() {
        runBefore();
    }

    @AfterAll
    static void closeSpark() {
        runAfterClass();
    }

    @Override
    public SparkConf conf() {
        return super.conf()
                .set("spark.master", "local[2]")
                .set("spark.plugins", TributaryPlugin.class.getName())
                .set("spark.ui.enabled", "false")
                .set("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
                .set("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
                .set("spark.sql.session.timeZone", "UTC")
                // Many small queries, each run once: compiling them costs more than it saves.
                .set("spark.sql.codegen.wholeStage", "false")
                .set("spark.sql.codegen.factoryMode", "NO_CODEGEN")
                .set("spark.sql.adaptive.enabled", "false")
                .set("spark.sql.shuffle.partitions", "2")
                .set("spark.databricks.delta.snapshotPartitions", "2")
                .set("spark.sql.sources.parallelPartitionDiscovery.parallelism", "2");
    }

    @Override
    public boolean enableHiveSupport() {
        return false;
    }
}
