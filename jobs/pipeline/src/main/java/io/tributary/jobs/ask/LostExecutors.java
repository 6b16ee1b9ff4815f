package io.tributary.jobs.ask;

import io.tributary.coordinator.QuotaDesk;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;

/** Hears from Spark which executors have ended, so that their part of the quota does not wait for the end of a lease. */
final class LostExecutors extends SparkListener {
    private final QuotaDesk quotas;

    LostExecutors(QuotaDesk quotas) {
        this.quotas = quotas;
    }

    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
        quotas.gone(removed.executorId());
    }
}
