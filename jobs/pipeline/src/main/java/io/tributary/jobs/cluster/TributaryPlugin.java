package io.tributary.jobs.cluster;

import org.apache.spark.SparkConf;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.SparkPlugin;

/** Both ends of the connection between driver and executors; for {@code spark.plugins}. */
public final class TributaryPlugin implements SparkPlugin {
    private static final String PLUGINS = "spark.plugins";

    @Override
    public DriverPlugin driverPlugin() {
        return new DriverEnd();
    }

    @Override
    public ExecutorPlugin executorPlugin() {
        return new ExecutorEnd();
    }

    /** Whether a Spark that was started with these settings has the plugin. */
    public static boolean isSet(SparkConf conf) {
        return conf.get(PLUGINS, "").contains(TributaryPlugin.class.getName());
    }

    /** Adds the plugin to the settings of a Spark that is not started yet. */
    public static void set(SparkConf conf) {
        if (!isSet(conf)) {
            String others = conf.get(PLUGINS, "");
            conf.set(
                    PLUGINS,
                    others.isBlank()
                            ? TributaryPlugin.class.getName()
                            : others + "," + TributaryPlugin.class.getName());
        }
    }

    /** What a user without the plugin has to set. */
    public static String remedy() {
        return "set " + PLUGINS + "=" + TributaryPlugin.class.getName();
    }
}
