package io.tributary.jobs.ask;

import io.tributary.call.Breaker;
import io.tributary.call.Credentials;
import io.tributary.call.HttpClient5Transport;
import io.tributary.call.Lane;
import io.tributary.call.Lanes;
import io.tributary.call.MatchWatch;
import io.tributary.call.TransportSettings;
import io.tributary.credential.GrantedCredentials;
import io.tributary.credential.NoKeyException;
import io.tributary.jobs.cluster.DriverWire;
import io.tributary.jobs.cluster.ExecutorEnd;
import io.tributary.jobs.cluster.TributaryPlugin;
import io.tributary.model.EntityKind;
import io.tributary.provider.ProviderSpec;
import io.tributary.quota.Gate;
import io.tributary.quota.GateSettings;
import io.tributary.quota.GuavaPacer;
import io.tributary.quota.RetryBudget;
import io.tributary.quota.Share;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all tasks of one executor share in one run: the connections, and for each provider its gate, its circuit and its
 * keys. Thread-safe.
 */
final class Engine {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    /** The one registry of an executor: a run's engine, made by whichever task comes first. */
    private static final Map<String, Engine> RUNNING = new ConcurrentHashMap<>();

    /** Why asks stay open at a provider without a key that can be used. */
    static final String NO_KEY = "no_key";

    private final AskPlan plan;
    private final HttpClient5Transport transport;
    private final Lanes lanes = new Lanes();
    private final List<GrantedCredentials> granted = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService refreshes;
    private final DriverWire driver;
    private final LeaseKeeper leases;
    private final Clock clock;

    private Engine(AskPlan plan) {
        this.plan = plan;
        this.driver = ExecutorEnd.wire(plan.runId()).orElseThrow(Engine::noPlugin);
        this.leases = new LeaseKeeper(ExecutorEnd.quotas(plan.runId()).orElseThrow(Engine::noPlugin)::report);
        this.refreshes = Executors.newSingleThreadScheduledExecutor(action -> {
            Thread thread = new Thread(action, "tributary-keys");
            thread.setDaemon(true);
            return thread;
        });
        this.clock = Clock.offset(Clock.systemUTC(), plan.clockOffset());
        this.transport = transport(plan);
    }

    private static IllegalStateException noPlugin() {
        return new IllegalStateException("this executor was started without the plugin: " + TributaryPlugin.remedy());
    }

    /** A connection to providers by the settings of a plan. */
    static HttpClient5Transport transport(AskPlan plan) {
        TransportSettings usual = TransportSettings.DEFAULT;
        try {
            return new HttpClient5Transport(new TransportSettings(
                    usual.maxConnections(),
                    usual.connectTimeout(),
                    usual.validateAfterIdle(),
                    usual.maxBodyBytes(),
                    plan.proxy().isEmpty() ? Optional.empty() : Optional.of(URI.create(plan.proxy())),
                    plan.caBundle().isEmpty() ? Optional.empty() : Optional.of(Path.of(plan.caBundle()))));
        } catch (IOException e) {
            throw new UncheckedIOException("the connection to the providers can't be set up", e);
        }
    }

    /** The engine of that run in this process. An engine of an earlier run is closed: one run at a time works a lake. */
    static Engine of(AskPlan plan) {
        RUNNING.forEach((run, engine) -> {
            if (!run.equals(plan.runId()) && RUNNING.remove(run, engine)) {
                engine.stop();
            }
        });
        return RUNNING.computeIfAbsent(plan.runId(), run -> new Engine(plan));
    }

    /** Closes the engine of a run that has ended, if this process has one. */
    static void close(String run) {
        Engine engine = RUNNING.remove(run);
        if (engine != null) {
            engine.stop();
        }
    }

    HttpClient5Transport transport() {
        return transport;
    }

    /** The run's clock. */
    Clock clock() {
        return clock;
    }

    /** @param past the provider's match rates so far */
    Lane lane(String provider, Map<EntityKind, Double> past) {
        return lanes.of(plan.runId(), provider, () -> newLane(plan.catalog().spec(provider), past));
    }

    private Lane newLane(ProviderSpec spec, Map<EntityKind, Double> past) {
        ProviderText text = plan.catalog().texts().get(spec.name());
        Share share = plan.evenShares() == 0 ? Share.ALL : Share.even(plan.evenShares());
        GateSettings settings = new GateSettings(
                share,
                text.maxInFlight(),
                GateSettings.DEFAULT_MARGIN,
                plan.maxPause(),
                Optional.ofNullable(text.arrivesWithin()));
        Gate gate;
        if (plan.evenShares() == 0) {
            gate = Gate.leased(text.windows(), settings, GuavaPacer::new, Clock.systemUTC(), leases::hungry);
            leases.keep(spec.name(), gate);
        } else {
            gate = new Gate(text.windows(), settings, GuavaPacer::new, Clock.systemUTC());
        }
        return new Lane(
                gate,
                new Breaker(spec.name(), plan.breakerFailures(), plan.breakerOpenFor(), clock),
                credentials(spec, text, gate),
                RetryBudget.standard(),
                new MatchWatch(past),
                notice -> driver.notice(spec.name() + ": " + notice));
    }

    /** A provider without a key is off for the run; the others go on. */
    private Credentials credentials(ProviderSpec spec, ProviderText text, Gate gate) {
        if (text.keys().isEmpty()) {
            return Credentials.none();
        }
        try {
            GrantedCredentials keys = new GrantedCredentials(
                    spec.name(),
                    spec.auth(),
                    driver,
                    (delay, action) -> refreshes.schedule(action, delay.toMillis(), TimeUnit.MILLISECONDS),
                    Clock.systemUTC());
            granted.add(keys);
            return keys;
        } catch (NoKeyException e) {
            LOG.warn("{}; it is off for this run", e.getMessage());
            gate.close(NO_KEY);
            return Credentials.none();
        }
    }

    /** Whether a task may begin, by the driver's word. */
    Turn.Line turns() {
        return ExecutorEnd.turns(plan.runId()).orElseThrow(Engine::noPlugin)::mayBegin;
    }

    /** Tells the driver what each key and each quota was used for, so that the run can. */
    void report() {
        granted.forEach(GrantedCredentials::report);
        leases.flush();
    }

    private void stop() {
        refreshes.shutdownNow();
        leases.close();
        driver.close();
        transport.close();
    }
}
