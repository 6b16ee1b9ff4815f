package io.tributary.jobs.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class CommitsTest {
    private static Optional<String> warning(String setting, String value, String... places) {
        SparkConf spark = new SparkConf(false);
        if (!setting.isEmpty()) {
            spark.set(setting, value);
        }
        return Commits.warning(StoredEntries.settings(new Configuration(false), spark), List.of(places));
    }

    @Test
    void tablesOnS3WithDeltasOwnStoreAreToldWithTheRemedy() {
        String told =
                warning("", "", "/lake/history", "s3a://bucket/lake/contacts").orElseThrow();
        assertTrue(told.contains("tables on s3a are"), told);
        assertTrue(told.contains("spark.delta.logStore.s3a.impl"), told);
        assertTrue(told.contains("S3DynamoDBLogStore"), told);
        assertTrue(
                warning("", "", "S3N://bucket/x", "s3://bucket/x").orElseThrow().contains("tables on s3, s3n are"));
        assertTrue(warning("spark.delta.logStore.s3a.impl", "io.delta.storage.S3SingleDriverLogStore", "s3a://b/x")
                .isPresent());
        assertTrue(
                warning("spark.delta.logStore.s3.impl", "io.delta.storage.S3DynamoDBLogStore", "s3a://b/x")
                        .isPresent(),
                "of another scheme");
    }

    @Test
    void tablesThatDriversMayShareAreNot() {
        assertEquals(Optional.empty(), warning("", "", "/lake/x", "hdfs://n/x", "abfss://c@a/x", "gs://b/x"));
        String shared = "io.delta.storage.S3DynamoDBLogStore";
        assertEquals(Optional.empty(), warning("spark.delta.logStore.s3a.impl", shared, "s3a://b/x"));
        assertEquals(Optional.empty(), warning("spark.delta.logStore.class", shared, "s3a://b/x"));
    }

    @Test
    void aPlaceWithoutASchemeIsOfTheDefaultFileSystem() {
        Configuration hadoop = new Configuration(false);
        hadoop.set("fs.defaultFS", "s3a://bucket");
        assertTrue(Commits.warning(hadoop, List.of("/lake/history")).isPresent());
    }
}
