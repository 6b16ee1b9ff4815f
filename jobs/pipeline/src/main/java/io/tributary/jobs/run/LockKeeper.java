package io.tributary.jobs.run;

import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds the lake's lock and shows every minute that the run is alive. */
final class LockKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LockKeeper.class);

    private final RunLock lock;
    private final ScheduledExecutorService renewing;

    private LockKeeper(RunLock lock) {
        this.lock = lock;
        this.renewing = Executors.newSingleThreadScheduledExecutor(action -> {
            Thread thread = new Thread(action, "tributary-lock");
            thread.setDaemon(true);
            return thread;
        });
        renewing.scheduleWithFixedDelay(this::renew, 1, 1, TimeUnit.MINUTES);
    }

    static LockKeeper take(Configuration hadoop, Path directory, String runId, Clock clock) throws IOException {
        return new LockKeeper(RunLock.take(hadoop, directory, runId, clock));
    }

    private void renew() {
        try {
            lock.renew();
        } catch (IOException e) {
            LOG.warn("the lock of the lake could not be renewed: {}", e.toString());
        }
    }

    @Override
    public void close() throws IOException {
        renewing.shutdownNow();
        lock.close();
    }
}
