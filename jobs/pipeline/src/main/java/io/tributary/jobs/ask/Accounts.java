package io.tributary.jobs.ask;

import io.tributary.call.BalanceCall;
import io.tributary.call.Credentials;
import io.tributary.call.ScheduledLoop;
import io.tributary.call.Transport;
import io.tributary.coordinator.QuotaDesk;
import io.tributary.credential.GrantedCredentials;
import io.tributary.credential.KeySource;
import io.tributary.credential.NoKeyException;
import io.tributary.provider.Balance;
import io.tributary.provider.BalanceReading;
import io.tributary.provider.ProviderSpec;
import io.tributary.quota.Gate;
import io.tributary.quota.GateSettings;
import io.tributary.quota.GuavaPacer;
import io.tributary.quota.Lease;
import io.tributary.quota.Report;
import io.tributary.quota.Share;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Looks at the accounts of the providers that a run has work for, before its calls and after them, from the driver. These
 * calls stay inside the quota: the driver has a gate of its own for each provider, with a part from the run's desk, as an
 * executor has. An account that can't be read is a note, and never a reason to stop. For one thread.
 */
final class Accounts implements AutoCloseable {
    /** As the desk knows the driver's gates; Spark calls its executors by numbers, and the only one of a local run "driver". */
    private static final String NAME = "accounts";

    private final AskPlan plan;
    private final Map<String, Double> worst;
    private final KeySource keys;
    private final Transport transport;
    private final QuotaDesk quotas;
    private final Consumer<String> notes;
    private final Clock clock = Clock.systemUTC();
    private final LeaseKeeper leases = new LeaseKeeper(this::report);
    private final ScheduledLoop loop = new ScheduledLoop("tributary-accounts", clock);
    private final Map<String, Gate> gates = new LinkedHashMap<>();
    private final Queue<CompletableFuture<BalanceReading>> coming = new ConcurrentLinkedQueue<>();
    private volatile boolean stopped;
    private Map<String, Balance> before = Map.of();

    /**
     * @param worst the most that the plan may spend, by provider; of others no account is looked at
     * @param notes takes what a person should know
     */
    Accounts(
            AskPlan plan,
            Map<String, Double> worst,
            KeySource keys,
            Transport transport,
            QuotaDesk quotas,
            Consumer<String> notes) {
        this.plan = plan;
        this.worst = Map.copyOf(worst);
        this.keys = keys;
        this.transport = transport;
        this.quotas = quotas;
        this.notes = notes;
        // With even shares no desk knows what executors take, so there is no room that is known to be left.
        if (plan.evenShares() == 0) {
            worst.keySet().stream()
                    .filter(provider -> plan.catalog().spec(provider).balance().isPresent())
                    .forEach(provider -> gates.put(provider, gate(provider)));
        }
    }

    private Gate gate(String provider) {
        Gate gate = Gate.leased(
                plan.catalog().texts().get(provider).windows(),
                new GateSettings(Share.ALL, 1, GateSettings.DEFAULT_MARGIN, plan.maxPause(), Optional.empty()),
                GuavaPacer::new,
                clock,
                leases::hungry);
        leases.keep(provider, gate);
        return gate;
    }

    /** A provider that is off, perhaps because its credits are gone, may still be asked for its account: once more. */
    private Map<String, Lease> report(Map<String, Report> reports) {
        Map<String, Lease> granted = new HashMap<>();
        reports.forEach((provider, report) -> quotas.report(NAME, provider, report)
                .ifPresent(lease -> granted.put(
                        provider,
                        new Lease(
                                lease.number(),
                                lease.lengthNanos(),
                                lease.grants(),
                                lease.againNanos(),
                                lease.pausedNanos(),
                                lease.brokenNanos(),
                                Optional.empty()))));
        return granted;
    }

    /** Waits for no account any more; from any thread. */
    void stop() {
        stopped = true;
        coming.forEach(reading -> reading.complete(BalanceReading.unanswered("stopped")));
    }

    /** Looks before the calls, and tells what will not suffice. */
    void before() {
        before = read();
        before.forEach((provider, balance) -> balance.remaining().ifPresent(left -> {
            if (left < worst.get(provider)) {
                notes.accept(String.format(
                        Locale.ROOT,
                        "%s has %s credits left, the plan may spend %s: the rest will be deferred when they are gone",
                        provider,
                        number(left),
                        number(worst.get(provider))));
            }
        }));
    }

    /** Looks after the calls. What told nothing either time is left out. */
    List<AccountChange> after() {
        Map<String, Balance> after = read();
        return gates.keySet().stream()
                .map(provider -> new AccountChange(
                        provider, Optional.ofNullable(before.get(provider)), Optional.ofNullable(after.get(provider))))
                .filter(change -> change.before().isPresent() || change.after().isPresent())
                .toList();
    }

    /** All at once; what tells nothing is noted. */
    private Map<String, Balance> read() {
        Map<String, CompletableFuture<BalanceReading>> readings = new LinkedHashMap<>();
        gates.keySet().forEach(provider -> readings.put(provider, started(provider)));
        coming.addAll(readings.values());
        if (stopped) {
            stop();
        }
        Map<String, Balance> told = new LinkedHashMap<>();
        readings.forEach((provider, look) -> {
            BalanceReading reading = look.join();
            reading.balance().ifPresent(balance -> told.put(provider, balance));
            if (reading.balance().isEmpty()) {
                notes.accept("the account of " + provider + " could not be read: " + reading.reason());
            }
        });
        // So that the desk has counted them.
        leases.flush();
        return told;
    }

    private CompletableFuture<BalanceReading> started(String provider) {
        ProviderSpec spec = plan.catalog().spec(provider);
        if (plan.catalog().texts().get(provider).keys().isEmpty()) {
            return call(spec, Credentials.none());
        }
        try {
            // Granted anew for each look: what was granted before the calls may be over, or refused.
            GrantedCredentials granted =
                    new GrantedCredentials(provider, spec.auth(), keys, (delay, action) -> {}, clock);
            return call(spec, granted).whenComplete((reading, fault) -> granted.report());
        } catch (NoKeyException e) {
            return CompletableFuture.completedFuture(BalanceReading.unanswered("no_key"));
        }
    }

    /** It waits for room no longer than for an answer. */
    private CompletableFuture<BalanceReading> call(ProviderSpec spec, Credentials credentials) {
        return new BalanceCall(
                        loop,
                        transport,
                        gates.get(spec.name()),
                        credentials,
                        spec.balance().orElseThrow(),
                        () -> ThreadLocalRandom.current().nextDouble())
                .start(spec.deadline())
                // It ends by itself; a fault of ours must not keep the run waiting.
                .completeOnTimeout(
                        BalanceReading.unanswered("no_answer"),
                        3 * spec.deadline().toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    private static String number(double credits) {
        return credits == Math.rint(credits)
                ? String.format(Locale.ROOT, "%,d", Math.round(credits))
                : String.format(Locale.ROOT, "%,.2f", credits);
    }

    @Override
    public void close() {
        leases.close();
        loop.close();
    }
}
