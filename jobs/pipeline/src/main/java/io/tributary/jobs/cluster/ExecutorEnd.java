package io.tributary.jobs.cluster;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;

/** An executor's end. */
public final class ExecutorEnd implements ExecutorPlugin {
    /** The one registry of an executor: its connection, from its start to its end. */
    private static final AtomicReference<PluginContext> CONNECTION = new AtomicReference<>();

    @Override
    public void init(PluginContext connection, Map<String, String> settings) {
        CONNECTION.set(connection);
    }

    @Override
    public void shutdown() {
        CONNECTION.set(null);
    }

    /** A wire to the driver's keys of a run; empty in an executor that was started without the plugin. */
    public static Optional<DriverWire> wire(String run) {
        return Optional.ofNullable(CONNECTION.get()).map(connection -> new DriverWire(connection::ask, run));
    }

    /** A wire to the driver's quotas of a run; empty in an executor that was started without the plugin. */
    public static Optional<QuotaWire> quotas(String run) {
        return Optional.ofNullable(CONNECTION.get())
                .map(connection -> new QuotaWire(connection::ask, run, connection.executorID()));
    }

    /** A wire to whoever on the driver says which tasks may begin; empty in an executor that was started without the plugin. */
    public static Optional<TurnWire> turns(String run) {
        return Optional.ofNullable(CONNECTION.get()).map(connection -> new TurnWire(connection::ask, run));
    }
}
