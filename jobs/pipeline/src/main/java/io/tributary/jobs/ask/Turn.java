package io.tributary.jobs.ask;

import io.tributary.jobs.cluster.DriverEnd;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.apache.spark.TaskContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a task from beginning while an earlier one is still at work on its bucket; see {@link RunningTasks}. */
final class Turn {
    private static final Logger LOG = LoggerFactory.getLogger(Turn.class);

    private static final long AGAIN_MILLIS = 200;

    /** The way to whoever knows. */
    interface Line {
        /** As {@link DriverEnd.Turns#mayBegin}, over a wire that may fail. */
        boolean mayBegin(int stage, int partition, long attempt) throws Exception;
    }

    private Turn() {}

    /**
     * Returns when the task may begin. Only where a stage is tried again can there be another.
     *
     * @throws IOException if the task is interrupted
     */
    static void await(TaskContext task, Line driver) throws IOException {
        boolean said = task.stageAttemptNumber() == 0;
        while (task.stageAttemptNumber() > 0 && !mayBegin(task, driver)) {
            if (!said) {
                LOG.info("partition {} waits for the task that is at work on it", task.partitionId());
                said = true;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(AGAIN_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while another task was at work on the bucket", e);
            }
        }
    }

    private static boolean mayBegin(TaskContext task, Line driver) throws IOException {
        try {
            return driver.mayBegin(task.stageId(), task.partitionId(), task.taskAttemptId());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while another task may have been at work on the bucket", e);
        } catch (Exception unreachable) {
            LOG.warn("the driver does not say whether a bucket is free, so it waits: {}", unreachable.toString());
            return false;
        }
    }
}
