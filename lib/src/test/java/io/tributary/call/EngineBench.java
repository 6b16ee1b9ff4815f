package io.tributary.call;

import io.tributary.journal.FlushPolicy;
import io.tributary.journal.JournalWriter;
import io.tributary.journal.MemoryJournalStore;
import io.tributary.journal.SegmentPath;
import io.tributary.model.EntityKind;
import io.tributary.model.Identifiers;
import io.tributary.provider.Ask;
import io.tributary.provider.HttpAnswer;
import io.tributary.provider.HttpCall;
import io.tributary.provider.Operation;
import io.tributary.provider.QuotaWindow;
import io.tributary.provider.RateHeaderNames;
import io.tributary.provider.ReAsk;
import io.tributary.provider.Reading;
import io.tributary.quota.Budget;
import io.tributary.quota.Gate;
import io.tributary.quota.GateSettings;
import io.tributary.quota.GuavaPacer;
import io.tributary.quota.RetryBudget;
import io.tributary.quota.Share;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.Message;
import org.apache.hc.core5.http.impl.bootstrap.AsyncServerBootstrap;
import org.apache.hc.core5.http.impl.bootstrap.HttpAsyncServer;
import org.apache.hc.core5.http.nio.AsyncRequestConsumer;
import org.apache.hc.core5.http.nio.AsyncServerRequestHandler;
import org.apache.hc.core5.http.nio.entity.StringAsyncEntityConsumer;
import org.apache.hc.core5.http.nio.support.AsyncResponseBuilder;
import org.apache.hc.core5.http.nio.support.BasicRequestConsumer;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * Calls per second of the whole engine (memory journal, no quota) against the bare transport, in the same process, against
 * a local server that answers after 5 ms; 256 in flight. Run {@code main}; the arguments are calls per round and rounds.
 */
final class EngineBench {
    private static final int IN_FLIGHT = 256;

    private EngineBench() {}

    public static void main(String[] args) throws Exception {
        int calls = args.length > 0 ? Integer.parseInt(args[0]) : 60_000;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 4;
        ScheduledExecutorService delay = Executors.newSingleThreadScheduledExecutor();
        HttpAsyncServer server = server(delay);
        server.start();
        InetSocketAddress address = (InetSocketAddress)
                server.listen(new InetSocketAddress("127.0.0.1", 0), org.apache.hc.core5.http.URIScheme.HTTP)
                        .get()
                        .getAddress();
        URI uri = URI.create("http://127.0.0.1:" + address.getPort() + "/look-up");
        try (HttpClient5Transport transport = new HttpClient5Transport(TransportSettings.DEFAULT)) {
            for (int round = 1; round <= rounds; round++) {
                double bare = bare(transport, uri, calls);
                double engine = engine(transport, uri, calls);
                System.out.printf(
                        "round %d: bare %.0f/s, engine %.0f/s, ratio %.2f%n", round, bare, engine, engine / bare);
            }
        }
        server.close(org.apache.hc.core5.io.CloseMode.IMMEDIATE);
        delay.shutdownNow();
    }

    private static double bare(Transport transport, URI uri, int calls) throws InterruptedException {
        Semaphore open = new Semaphore(IN_FLIGHT);
        HttpCall call = new At(TestProvider.named("a"), uri).render(List.of(ask()));
        long start = System.nanoTime();
        for (int i = 0; i < calls; i++) {
            open.acquire();
            transport.send(call).whenComplete((answer, fault) -> open.release());
        }
        open.acquire(IN_FLIGHT);
        return calls / ((System.nanoTime() - start) / 1e9);
    }

    private static Ask ask() {
        Question question = new Night(TestProvider.named("a")).question(1);
        return new Ask("r", question.key(), question.inputs(), 0);
    }

    private static double engine(Transport transport, URI uri, int calls) {
        At provider = new At(TestProvider.named("a"), uri);
        Gate gate = new Gate(List.of(), GateSettings.of(Share.ALL, IN_FLIGHT), GuavaPacer::new);
        Lane lane =
                new Lane(gate, Breaker.standard("a", Clock.systemUTC()), Credentials.none(), RetryBudget.standard());
        JournalWriter writer =
                new JournalWriter(new MemoryJournalStore(), new SegmentPath("run", 0, 1, 0), FlushPolicy.DEFAULT);
        CallSettings settings = new CallSettings(
                CallSettings.DEFAULT.backoff(),
                CallSettings.DEFAULT.batchLinger(),
                CallSettings.DEFAULT.prepareAhead(),
                CallSettings.DEFAULT.maxPause(),
                true,
                Integer.getInteger("keys", 2 * IN_FLIGHT));
        long start = System.nanoTime();
        try (ScheduledLoop loop = new ScheduledLoop("calls", Clock.systemUTC());
                JournalLog log =
                        new JournalLog(writer, FlushPolicy.DEFAULT, Clock.systemUTC(), JournalLog.DEFAULT_LINGER)) {
            Waterfall waterfall = new Waterfall(
                    loop,
                    transport,
                    log,
                    List.of(new Waterfall.Source(provider, lane, Budget.unlimited())),
                    Answered.nothing(),
                    settings,
                    Math::random);
            Night night = new Night(TestProvider.named("a"));
            KeyResults results = waterfall.results(
                    IntStream.range(0, calls).mapToObj(night::question).iterator());
            int matched = 0;
            while (results.hasNext()) {
                matched += results.next().disposition() == KeyResult.Disposition.SATISFIED ? 1 : 0;
            }
            if (matched != calls) {
                throw new IllegalStateException(matched + " of " + calls + " were answered");
            }
        }
        return calls / ((System.nanoTime() - start) / 1e9);
    }

    private static HttpAsyncServer server(ScheduledExecutorService delay) {
        return AsyncServerBootstrap.bootstrap()
                .setCanonicalHostName("127.0.0.1")
                .register("*", new AsyncServerRequestHandler<Message<HttpRequest, String>>() {
                    @Override
                    public AsyncRequestConsumer<Message<HttpRequest, String>> prepare(
                            HttpRequest request, EntityDetails entity, HttpContext context) {
                        return new BasicRequestConsumer<>(new StringAsyncEntityConsumer());
                    }

                    @Override
                    public void handle(
                            Message<HttpRequest, String> message, ResponseTrigger trigger, HttpContext context) {
                        delay.schedule(
                                () -> {
                                    try {
                                        trigger.submitResponse(
                                                AsyncResponseBuilder.create(200)
                                                        .setEntity("ok * MATCHED", ContentType.APPLICATION_JSON)
                                                        .build(),
                                                context);
                                    } catch (Exception e) {
                                        throw new IllegalStateException(e);
                                    }
                                },
                                5,
                                TimeUnit.MILLISECONDS);
                    }
                })
                .create();
    }

    /** The test provider at another address. */
    private record At(TestProvider plain, URI uri) implements ProviderPort, Operation {
        @Override
        public String name() {
            return "a";
        }

        @Override
        public String specVersion() {
            return "1";
        }

        @Override
        public Optional<Operation> operationFor(EntityKind entity, Identifiers inputs) {
            return Optional.of(this);
        }

        @Override
        public List<QuotaWindow> windows() {
            return List.of();
        }

        @Override
        public List<RateHeaderNames> rateHeaders() {
            return plain.rateHeaders();
        }

        @Override
        public ReAsk reAsk() {
            return ReAsk.FREE;
        }

        @Override
        public int maxInFlight() {
            return IN_FLIGHT;
        }

        @Override
        public String provider() {
            return "a";
        }

        @Override
        public EntityKind entity() {
            return EntityKind.PERSON;
        }

        @Override
        public int batchSize() {
            return 1;
        }

        @Override
        public double worstCaseCredits() {
            return 1;
        }

        @Override
        public String endpoint() {
            return "look-up";
        }

        @Override
        public boolean accepts(Identifiers inputs) {
            return true;
        }

        @Override
        public String canonicalInput(Identifiers inputs) {
            return plain.canonicalInput(inputs);
        }

        @Override
        public HttpCall render(List<Ask> asks) {
            return plain.render(asks).withUri(uri);
        }

        @Override
        public Reading read(List<Ask> asks, HttpAnswer answer) {
            return plain.read(asks, answer);
        }
    }
}
