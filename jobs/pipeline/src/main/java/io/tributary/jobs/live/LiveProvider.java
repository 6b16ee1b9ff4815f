package io.tributary.jobs.live;

import io.tributary.call.Transport;
import io.tributary.call.TransportException;
import io.tributary.credential.Grant;
import io.tributary.credential.KeyDesk;
import io.tributary.jobs.StoppedException;
import io.tributary.model.Outcome;
import io.tributary.provider.Ask;
import io.tributary.provider.HttpAnswer;
import io.tributary.provider.ItemReading;
import io.tributary.provider.Operation;
import io.tributary.provider.Patience;
import io.tributary.provider.Pending;
import io.tributary.provider.ProviderSpec;
import io.tributary.provider.Reading;
import io.tributary.secret.Redaction;
import io.tributary.secret.Secret;
import io.tributary.secret.SecretRef;
import io.tributary.secret.SecretSource;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/** A provider with one key, asked by hand: each call is made once, whatever comes. For one thread. */
public final class LiveProvider implements AutoCloseable {
    private final ProviderSpec spec;
    private final Transport transport;
    private final KeyDesk desk;
    private final Map<String, String> key;
    private final Redaction redaction;
    private final Consumer<Duration> wait;

    /** One call: who was asked about, and what came. */
    public record Exchange(String operation, List<Ask> asks, HttpAnswer answer, Reading reading) {
        public Exchange {
            asks = List.copyOf(asks);
        }
    }

    /**
     * Reads the key, and fetches a token where the provider wants one.
     *
     * @param key the parts of the key by their places; empty if it wants none
     * @param wait lets a time pass
     * @throws StoppedException if the key can't be had; the message says why and is safe to print
     */
    public LiveProvider(
            ProviderSpec spec,
            Map<String, SecretRef> key,
            SecretSource store,
            Transport transport,
            Clock clock,
            Consumer<Duration> wait,
            Consumer<String> warnings) {
        this.spec = spec;
        this.transport = transport;
        this.wait = wait;
        this.desk = new KeyDesk(store, transport, clock, Duration.ofHours(1), warnings)
                .with(spec.name(), spec.auth(), key.isEmpty() ? List.of() : List.of(key));
        List<Secret> secrets = new ArrayList<>();
        key.values().forEach(place -> secrets.add(store.resolve(place)));
        this.key = key.isEmpty() ? Map.of() : granted();
        // A token is as secret as what it was fetched for.
        key.values().stream()
                .findFirst()
                .ifPresent(place -> this.key.values().forEach(value -> secrets.add(new Secret(place, value))));
        this.redaction = new Redaction(secrets);
    }

    private Map<String, String> granted() {
        try {
            return desk.grants(spec.name()).toCompletableFuture().join().keys().stream()
                    .filter(Grant::live)
                    .map(Grant::parts)
                    .findFirst()
                    .orElseThrow(
                            () -> new StoppedException(
                                    spec.name()
                                            + " gives no token for this key: check its parts, and whether the provider still accepts it"));
        } catch (CompletionException e) {
            throw new StoppedException(e.getCause().getMessage());
        }
    }

    /**
     * Asks, and goes on looking for answers that are pending, as far as that is worth waiting for.
     *
     * @param calls the most calls, at least 1
     * @return the calls in their order; each may cost
     * @throws StoppedException if a call got no answer; the message says what is known of it
     */
    public List<Exchange> ask(Operation operation, List<Ask> asks, int calls) {
        List<Exchange> made = new ArrayList<>();
        Operation next = operation;
        List<Ask> open = asks;
        while (made.size() < calls) {
            Exchange exchange = exchange(next, open);
            made.add(exchange);
            Optional<Operation> fetch = pending(exchange).flatMap(spec::resumption);
            Optional<Patience> patience = fetch.flatMap(Operation::patience);
            if (patience.isEmpty() || made.size() == calls) {
                break;
            }
            wait.accept(patience.get().before(Math.max(0, made.size() - 1)));
            next = fetch.get();
            open = stillOpen(exchange);
        }
        return made;
    }

    private static Optional<Pending> pending(Exchange exchange) {
        return stillOpen(exchange).stream().findFirst().flatMap(Ask::pending);
    }

    /** The asks that are pending, under the job that they wait for. */
    private static List<Ask> stillOpen(Exchange exchange) {
        List<Ask> open = new ArrayList<>();
        for (Ask ask : exchange.asks()) {
            exchange.reading().items().stream()
                    .filter(item -> item.reference().equals(ask.reference()) && item.outcome() == Outcome.PENDING)
                    .findFirst()
                    .map(ItemReading::jobId)
                    .ifPresent(job -> open.add(new Ask(
                            ask.reference(),
                            ask.key(),
                            ask.inputs(),
                            ask.epoch(),
                            Optional.of(new Pending(exchange.operation(), job.orElse(""))))));
        }
        return open;
    }

    private Exchange exchange(Operation operation, List<Ask> asks) {
        try {
            HttpAnswer answer = transport
                    .send(spec.auth().sign(operation.render(asks), key))
                    .join();
            return new Exchange(operation.name(), asks, answer, operation.read(asks, answer));
        } catch (CompletionException e) {
            String what = e.getCause() instanceof TransportException fault
                    ? fault.reason()
                            + (fault.sent() == TransportException.Sent.MAYBE
                                    ? "; it may have been sent, and paid for"
                                    : "; nothing was sent")
                    : e.getCause().getClass().getSimpleName();
            throw new StoppedException("no answer from " + spec.name() + ": " + what);
        }
    }

    /** The text without the key, its parts and its token. */
    public String scrubbed(String text) {
        return redaction.redact(text);
    }

    @Override
    public void close() {
        desk.close();
    }
}
