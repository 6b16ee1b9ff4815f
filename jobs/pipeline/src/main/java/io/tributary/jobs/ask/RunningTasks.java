package io.tributary.jobs.ask;

import io.tributary.jobs.cluster.DriverEnd;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;

/**
 * Knows which tasks are at work. Thread-safe.
 *
 * <p>An executor that dies takes the shuffled input of the calls with it. Spark then tries the whole stage again, and starts a
 * task for every partition that has not ended: also for those at which a task of the first try is still at work elsewhere. Both
 * would ask the same keys.
 */
final class RunningTasks extends SparkListener implements DriverEnd.Turns {
    private record Place(int stage, int partition) {}

    private final Map<Long, Place> running = new HashMap<>();

    @Override
    public synchronized void onTaskStart(SparkListenerTaskStart start) {
        running.put(
                start.taskInfo().taskId(),
                new Place(start.stageId(), start.taskInfo().partitionId()));
    }

    @Override
    public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
        if (end.taskInfo() != null) {
            running.remove(end.taskInfo().taskId());
        }
    }

    @Override
    public synchronized boolean mayBegin(int stage, int partition, long attempt) {
        Place place = new Place(stage, partition);
        return running.entrySet().stream()
                .noneMatch(task -> task.getKey() < attempt && task.getValue().equals(place));
    }
}
