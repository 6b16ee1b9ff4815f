package io.tributary.acceptance;

import io.tributary.jobs.bench.LocalCluster;
import io.tributary.jobs.bench.Tether;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * The processes of a cluster, as targets.
 *
 * @param pick decides among several
 */
record ClusterProcesses(LocalCluster cluster, int pick) {
    /** One of the executors; waits for one, as they come and go. */
    ProcessHandle executor() throws IOException {
        long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (System.nanoTime() < until) {
            List<ProcessHandle> executors = executors();
            if (!executors.isEmpty()) {
                return executors.get(pick % executors.size());
            }
            LockSupport.parkNanos(20_000_000);
        }
        throw new IOException("no executor came within 20 s");
    }

    /** All of the executors that are there now. */
    List<ProcessHandle> executors() {
        return livingWorkers().stream()
                .flatMap(cluster::executor)
                .filter(ProcessHandle::isAlive)
                .toList();
    }

    /** Kills one of the workers and starts another. */
    void killWorker() throws IOException {
        List<Integer> living = livingWorkers();
        kill(cluster.worker(living.get(pick % living.size())));
        cluster.addWorker();
    }

    /** Kills every executor and worker. Returns how many workers there were. */
    int killWorkers() {
        List<Integer> living = livingWorkers();
        for (int worker : living) {
            cluster.executor(worker).toList().forEach(ClusterProcesses::kill);
            kill(cluster.worker(worker));
        }
        return living.size();
    }

    static void kill(ProcessHandle process) {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** A process that stands still until closed; it ends with this one. */
    record Frozen(ProcessHandle process, Tether tether) implements AutoCloseable {
        static Frozen freeze(ProcessHandle process) throws IOException {
            Tether tether = Tether.to(process);
            signal("STOP", process);
            return new Frozen(process, tether);
        }

        @Override
        public void close() throws IOException {
            signal("CONT", process);
            tether.close();
        }

        private static void signal(String name, ProcessHandle process) throws IOException {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .onExit()
                    .join();
        }
    }

    private List<Integer> livingWorkers() {
        return IntStream.range(0, cluster.workers())
                .filter(worker -> cluster.worker(worker).isAlive())
                .boxed()
                .toList();
    }
}
