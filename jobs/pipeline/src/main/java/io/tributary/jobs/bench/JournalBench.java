package io.tributary.jobs.bench;

import com.sun.management.OperatingSystemMXBean;
import io.tributary.call.Answered;
import io.tributary.call.Breaker;
import io.tributary.call.CallLog;
import io.tributary.call.CallSettings;
import io.tributary.call.Credentials;
import io.tributary.call.HttpClient5Transport;
import io.tributary.call.JournalLog;
import io.tributary.call.KeyResult;
import io.tributary.call.KeyResults;
import io.tributary.call.Lane;
import io.tributary.call.MatchWatch;
import io.tributary.call.ProviderPort;
import io.tributary.call.Question;
import io.tributary.call.ScheduledLoop;
import io.tributary.call.Signed;
import io.tributary.call.Ticket;
import io.tributary.call.TransportSettings;
import io.tributary.call.Waterfall;
import io.tributary.jobs.demo.SandboxProcess;
import io.tributary.jobs.journal.HadoopJournalStore;
import io.tributary.jobs.report.Figure;
import io.tributary.journal.Entry;
import io.tributary.journal.FlushPolicy;
import io.tributary.journal.Intent;
import io.tributary.journal.JournalStore;
import io.tributary.journal.JournalWriter;
import io.tributary.journal.SegmentPath;
import io.tributary.model.Identifiers;
import io.tributary.model.LookupKey;
import io.tributary.provider.HttpCall;
import io.tributary.provider.ProviderSpec;
import io.tributary.provider.ReAsk;
import io.tributary.quota.Budget;
import io.tributary.quota.Gate;
import io.tributary.quota.GateSettings;
import io.tributary.quota.GuavaPacer;
import io.tributary.quota.RetryBudget;
import io.tributary.quota.Share;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;

/**
 * Calls a second with the journal over calls a second without: two tasks of one executor that ask a sandbox in a process of
 * its own, at full speed, without a quota. The rounds alternate, because a machine is not the same from one minute to the
 * next. Without a journal means without one: no intent or answer is encoded into a segment, nobody waits. What the call step
 * makes of an answer in any case is in both: the keys of the ask (which find what an earlier attempt did) and the profiles
 * as JSON, two to three microseconds a call. The processor time of each part is printed beside: with two processors for
 * both processes it tells work from waiting.
 */
public final class JournalBench {
    /** A tenth of the speed is what it may cost that nothing which was paid for is lost. */
    public static final double BOUND = 0.9;

    private static final int TASKS = 2;
    private static final int IN_FLIGHT = 256;

    private static final CallLog NONE = new CallLog() {
        @Override
        public CompletionStage<Void> intend(List<Intent> intents) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<Void> append(List<Entry> entries) {
            return CompletableFuture.completedFuture(null);
        }
    };

    private final ProviderSpec spec;
    private final Path sandboxJar;
    private final PrintStream out;

    /** @param home the project's folder, for the provider's file */
    public JournalBench(Path home, Path sandboxJar, PrintStream out) throws IOException {
        this.spec = ProviderSpec.parse("example.yaml", Files.readString(home.resolve("conf/providers/example.yaml")));
        this.sandboxJar = sandboxJar;
        this.out = out;
    }

    /**
     * Measures, one warm-up round before the others.
     *
     * @param folder an empty one for the journal, on the disk that is measured
     * @param calls of each side in a round
     * @return the median ratio
     */
    public Figure run(Path folder, int calls, int rounds) throws IOException, InterruptedException {
        HadoopJournalStore store = new HadoopJournalStore(new Configuration(), folder.toString());
        List<Double> ratios = new ArrayList<>();
        ExecutorService tasks = Executors.newFixedThreadPool(TASKS);
        try (SandboxProcess sandbox = SandboxProcess.start(
                        sandboxJar,
                        List.of("--latency", "5ms", "--quota-scale", "off", "--pending", "0", "--listed-calls", "0"));
                HttpClient5Transport transport = new HttpClient5Transport(TransportSettings.DEFAULT)) {
            for (int round = 0; round <= rounds; round++) {
                Side side = new Side(sandbox, transport, tasks, calls, "round-" + round);
                Speed with;
                Speed without;
                if (round % 2 == 0) {
                    with = side.run(Optional.of(store));
                    without = side.run(Optional.empty());
                } else {
                    without = side.run(Optional.empty());
                    with = side.run(Optional.of(store));
                }
                double ratio = with.callsPerSecond() / without.callsPerSecond();
                out.printf(
                        Locale.ROOT,
                        "%s: with the journal %s, without %s, ratio %.2f%n",
                        round == 0 ? "warm-up" : "round " + round,
                        with,
                        without,
                        ratio);
                if (round > 0) {
                    ratios.add(ratio);
                }
            }
        } finally {
            tasks.shutdownNow();
        }
        ratios.sort(null);
        return Figure.atLeast("calls with the journal over calls without", ratios.get(ratios.size() / 2), BOUND);
    }

    /**
     * What one side came to.
     *
     * @param loops microseconds of processor for each call, of the tasks' event loops
     * @param journal of the threads that write the journal
     * @param rest of everything else in this process: connections, collector, compiler
     * @param sandbox of the process that answers
     * @param segments that were put
     * @param putMillis how long a put took
     */
    private record Speed(
            double callsPerSecond,
            double loops,
            double journal,
            double rest,
            double sandbox,
            long segments,
            double putMillis) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%,.0f calls/s (loops %.1f, journal %.1f, rest %.1f, sandbox %.1f µs; %d segments of %.1f ms)",
                    callsPerSecond,
                    loops,
                    journal,
                    rest,
                    sandbox,
                    segments,
                    putMillis);
        }
    }

    /** Processor time of the threads of one side. */
    private static final class Meter implements JournalStore {
        private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

        private final JournalStore store;
        private final Set<Thread> tasks = ConcurrentHashMap.newKeySet();
        private final Map<Thread, Long> journal = new ConcurrentHashMap<>();
        private final LongAdder loops = new LongAdder();
        private final LongAdder segments = new LongAdder();
        private final LongAdder waited = new LongAdder();

        Meter(JournalStore store) {
            this.store = store;
        }

        /** Of the journal's thread, up to now; the last segment is put by the task, whose thread is older than a round. */
        @Override
        public void put(String path, byte[] content) throws IOException {
            long start = System.nanoTime();
            store.put(path, content);
            waited.add(System.nanoTime() - start);
            segments.increment();
            if (!tasks.contains(Thread.currentThread())) {
                journal.put(Thread.currentThread(), THREADS.getCurrentThreadCpuTime());
            }
        }

        void loopEnds() {
            loops.add(THREADS.getCurrentThreadCpuTime());
        }

        @Override
        public List<String> list(String directory) throws IOException {
            return store.list(directory);
        }

        @Override
        public InputStream open(String path) throws IOException {
            return store.open(path);
        }

        static long process() {
            return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
        }

        Speed speed(int calls, long nanos, long process, long sandbox) {
            double micros = 1e-3 / calls;
            double written =
                    journal.values().stream().mapToLong(Long::longValue).sum() * micros;
            double looped = loops.sum() * micros;
            return new Speed(
                    calls / (nanos / 1e9),
                    looped,
                    written,
                    process * micros - looped - written,
                    sandbox * micros,
                    segments.sum(),
                    waited.sum() / 1e6 / Math.max(1, segments.sum()));
        }
    }

    /** The same calls, with and without. */
    private final class Side {
        private final ProviderSpec there;
        private final SandboxProcess sandbox;
        private final HttpClient5Transport transport;
        private final ExecutorService tasks;
        private final int calls;
        private final String run;

        Side(SandboxProcess sandbox, HttpClient5Transport transport, ExecutorService tasks, int calls, String run) {
            this.there = spec.behind(URI.create(sandbox.baseUrl() + "/example"));
            this.sandbox = sandbox;
            this.transport = transport;
            this.tasks = tasks;
            this.calls = calls;
            this.run = run;
        }

        Speed run(Optional<HadoopJournalStore> store) throws IOException, InterruptedException {
            Gate gate = new Gate(List.of(), GateSettings.of(Share.ALL, IN_FLIGHT), GuavaPacer::new, Clock.systemUTC());
            Lane lane = new Lane(
                    gate,
                    Breaker.standard(spec.name(), Clock.systemUTC()),
                    new SandboxKey(),
                    RetryBudget.standard(),
                    MatchWatch.none(),
                    out::println);
            Meter meter = new Meter(store.orElse(null));
            List<Callable<Integer>> work = new ArrayList<>();
            for (int task = 0; task < TASKS; task++) {
                int bucket = task;
                work.add(() -> task(lane, bucket, store.isPresent(), meter));
            }
            long process = Meter.process();
            long there = sandbox.cpu().toNanos();
            long start = System.nanoTime();
            int answered = 0;
            for (Future<Integer> each : tasks.invokeAll(work)) {
                try {
                    answered += each.get();
                } catch (ExecutionException e) {
                    throw new IOException("a task of the bench failed", e.getCause());
                }
            }
            long nanos = System.nanoTime() - start;
            if (answered != calls) {
                throw new IOException(answered + " of " + calls + " keys were answered: there is nothing to compare");
            }
            return meter.speed(
                    calls, nanos, Meter.process() - process, sandbox.cpu().toNanos() - there);
        }

        private int task(Lane lane, int bucket, boolean journalled, Meter meter) {
            meter.tasks.add(Thread.currentThread());
            if (!journalled) {
                return ask(lane, bucket, NONE, meter);
            }
            JournalWriter writer = new JournalWriter(meter, new SegmentPath(run, bucket, 0, 0), FlushPolicy.DEFAULT);
            try (JournalLog log =
                    new JournalLog(writer, FlushPolicy.DEFAULT, System::nanoTime, JournalLog.DEFAULT_LINGER)) {
                return ask(lane, bucket, log, meter);
            }
        }

        private int ask(Lane lane, int bucket, CallLog log, Meter meter) {
            Waterfall.Source source = new Waterfall.Source(
                    ProviderPort.of(there, List.of(), ReAsk.ASK_AGAIN, IN_FLIGHT), lane, Budget.unlimited());
            int answered = 0;
            try (ScheduledLoop loop = new ScheduledLoop("bench-" + bucket, Clock.systemUTC());
                    Waterfall waterfall = new Waterfall(
                            loop,
                            transport,
                            log,
                            List.of(source),
                            Answered.nothing(),
                            CallSettings.DEFAULT,
                            () -> 0.5)) {
                KeyResults results = waterfall.results(IntStream.range(0, calls / TASKS)
                        .mapToObj(call -> question(call * TASKS + bucket))
                        .iterator());
                while (results.hasNext()) {
                    answered += results.next().disposition() == KeyResult.Disposition.DEFERRED ? 0 : 1;
                }
                loop.execute(meter::loopEnds);
            }
            return answered;
        }

        private Question question(int person) {
            String email = "ann.bench" + person + "@company" + person % 1000 + ".com";
            return new Question(
                    LookupKey.parse("email:" + email),
                    new Identifiers(Map.of(Identifiers.Input.EMAIL, email)),
                    List.of(spec.name()),
                    Map.of());
        }
    }

    private static final class SandboxKey implements Credentials {
        private final Ticket ticket = new Ticket(0, 0);

        @Override
        public Optional<Signed> sign(HttpCall call) {
            return Optional.of(new Signed(call.withHeader("X-API-Key", "sandbox-example-key"), ticket));
        }

        @Override
        public CompletionStage<Boolean> refused(Ticket refused) {
            return CompletableFuture.completedFuture(false);
        }
    }
}
