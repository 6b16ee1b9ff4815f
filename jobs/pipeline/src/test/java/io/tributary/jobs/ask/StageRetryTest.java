package io.tributary.jobs.ask;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tributary.jobs.SparkTest;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.spark.HashPartitioner;
import org.apache.spark.ShuffleDependency;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.shuffle.FetchFailedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import scala.Tuple2;

/** A task can't read its shuffled input any more while another one is at work: Spark tries the whole stage again. */
public class StageRetryTest extends SparkTest {
    /** One night at a time; tasks of a local Spark are in this process. */
    private static volatile Events events;

    private final RunningTasks tasks = new RunningTasks();

    private static final class Events {
        private final Queue<String> log = new ConcurrentLinkedQueue<>();
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch twinned = new CountDownLatch(1);
    }

    @AfterEach
    void forget() {
        spark().sparkContext().removeSparkListener(tasks);
    }

    @Test
    void sparkStartsATwinOfATaskThatIsStillAtWork() throws Exception {
        List<String> log = retried((stage, partition, attempt) -> true);
        assertEquals(List.of("1 begins", "1 begins"), log.subList(0, 2));
    }

    @Test
    void theTwinBeginsWhenTheFirstHasEnded() throws Exception {
        spark().sparkContext().addSparkListener(tasks);
        List<String> log = retried((stage, partition, attempt) -> {
            boolean may = tasks.mayBegin(stage, partition, attempt);
            if (!may) {
                events.twinned.countDown();
            }
            return may;
        });
        assertEquals(List.of("1 begins", "1 ends"), log.subList(0, 2));
        assertEquals(0, events.twinned.getCount(), "no twin came");
    }

    /** What partition 1 did. Its first task is at work until the second has come, and partition 0 fails meanwhile. */
    private List<String> retried(Turn.Line driver) throws InterruptedException {
        events = new Events();
        line = driver;
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark().sparkContext());
        JavaPairRDD<Integer, Integer> shuffled = context.parallelize(List.of(0, 1), 2)
                .mapToPair(number -> new Tuple2<>(number, number))
                .partitionBy(new HashPartitioner(2));
        int shuffle =
                ((ShuffleDependency<?, ?, ?>) shuffled.rdd().dependencies().head()).shuffleId();
        shuffled.mapPartitions(new Task(shuffle)).collect();
        return List.copyOf(events.log);
    }

    private static volatile Turn.Line line;

    private record Task(int shuffle) implements FlatMapFunction<Iterator<Tuple2<Integer, Integer>>, Integer> {
        @Override
        public Iterator<Integer> call(Iterator<Tuple2<Integer, Integer>> rows) throws Exception {
            TaskContext task = TaskContext.get();
            Events now = events;
            if (task.partitionId() == 0) {
                if (task.stageAttemptNumber() == 0) {
                    now.begun.await(1, TimeUnit.MINUTES);
                    throw new FetchFailedException(null, shuffle, -1, -1, 0, "its executor has died", null);
                }
                return List.of(0).iterator();
            }
            Turn.await(task, line);
            now.log.add("1 begins");
            if (task.stageAttemptNumber() == 0) {
                now.begun.countDown();
                now.twinned.await(1, TimeUnit.MINUTES);
            } else {
                now.twinned.countDown();
            }
            now.log.add("1 ends");
            return List.of(1).iterator();
        }
    }
}
