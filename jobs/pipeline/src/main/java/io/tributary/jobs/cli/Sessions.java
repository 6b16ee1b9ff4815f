package io.tributary.jobs.cli;

import io.tributary.jobs.cluster.TributaryPlugin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.SparkSession;

/** Opens the Spark session: that of spark-submit if there is one, else a local one set up by spark-local.conf. */
final class Sessions {
    private Sessions() {}

    /**
     * @param defaults a file in the form of spark-defaults.conf; what spark-submit sets prevails
     */
    static SparkSession open(Path defaults) {
        return open(defaults, Map.of());
    }

    /** @param settings prevail over both */
    static SparkSession open(Path defaults, Map<String, String> settings) {
        SparkConf conf = conf(defaults, settings);
        conf.setIfMissing("spark.master", "local[2]");
        conf.setIfMissing("spark.app.name", "tributary");
        conf.setIfMissing("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension");
        conf.setIfMissing("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog");
        conf.setIfMissing("spark.sql.session.timeZone", "UTC");
        TributaryPlugin.set(conf);
        return SparkSession.builder().config(conf).getOrCreate();
    }

    /** How a session would reach files, without one. */
    static Configuration hadoop(Path defaults) {
        return SparkHadoopUtil.get().newConfiguration(conf(defaults, Map.of()));
    }

    private static SparkConf conf(Path defaults, Map<String, String> settings) {
        SparkConf conf = new SparkConf();
        settings.forEach(conf::set);
        if (Files.isRegularFile(defaults)) {
            for (String line : lines(defaults)) {
                String text = line.strip();
                int space = text.indexOf(' ');
                if (!text.startsWith("#") && space > 0) {
                    conf.setIfMissing(
                            text.substring(0, space), text.substring(space).strip());
                }
            }
        }
        return conf;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the Spark settings can't be read", e);
        }
    }
}
