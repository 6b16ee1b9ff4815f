package io.tributary.sandbox;

import static io.tributary.sandbox.Delivery.Manner.HANG;
import static io.tributary.sandbox.Delivery.Manner.RESET;
import static io.tributary.sandbox.Delivery.Manner.SLOW;
import static io.tributary.sandbox.Delivery.Manner.TORN;
import static io.tributary.sandbox.Delivery.Manner.WHOLE;

import io.tributary.sandbox.dialect.Desk;
import io.tributary.sandbox.dialect.Dialect;
import io.tributary.sandbox.dialect.Memory;
import io.tributary.sandbox.dialect.Operation;
import io.tributary.sandbox.dialect.Quirk;
import io.tributary.sandbox.dialect.Throttle;
import io.tributary.sandbox.fault.FaultKind;
import io.tributary.sandbox.fault.FaultProfile;
import io.tributary.sandbox.ledger.Fate;
import io.tributary.sandbox.ledger.ProviderLedger;
import io.tributary.sandbox.quota.Decision;
import io.tributary.sandbox.quota.Quota;
import io.tributary.sandbox.quota.WindowUse;
import io.tributary.sandbox.wire.Charge;
import io.tributary.sandbox.wire.Reply;
import io.tributary.sandbox.wire.Request;
import io.tributary.sandbox.world.Noise;
import io.tributary.sandbox.world.World;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One simulated provider at work: a dialect with its keys, windows, faults, memory and book. {@link #handle} is the whole
 * way of a call. Thread-safe.
 */
final class Provider {
    /** A profile and the number of the first call that it applies to. */
    private record Faults(FaultProfile profile, long from) {}

    private final Dialect dialect;
    private final World world;
    private final Noise noise;
    private final Latency latency;
    private final Quota quota;
    private final ProviderLedger book;
    private final Memory memory;
    private final Optional<Double> account;
    private final Set<String> keys = ConcurrentHashMap.newKeySet();
    private final AtomicLong calls = new AtomicLong();
    private volatile Faults faults;
    private volatile double matchRate;

    Provider(Dialect dialect, World world, SandboxOptions options, Quota quota, ProviderLedger book) {
        String name = dialect.provider();
        this.dialect = dialect;
        this.world = world;
        this.noise = world.noise("server");
        this.latency = options.latency();
        this.quota = quota;
        this.book = book;
        this.memory = new Memory(options.pendingRate(), options.pendingDelay());
        this.account = Optional.ofNullable(options.credits().get(name));
        this.keys.add(dialect.sandboxKey());
        this.keys.addAll(options.keys().getOrDefault(name, List.of()));
        refuseUnknownQuirks(options.faults());
        this.faults = new Faults(options.faults(), 0);
        this.matchRate = options.matchRates().getOrDefault(name, options.matchRate());
    }

    /** Replaces the faults; call numbers start from 0 again. */
    void setFaults(FaultProfile profile) {
        refuseUnknownQuirks(profile);
        faults = new Faults(profile, calls.get());
    }

    /** What is said of other providers is theirs to judge. */
    private void refuseUnknownQuirks(FaultProfile profile) {
        List<String> known = dialect.quirks().stream().map(Quirk::name).toList();
        String own = dialect.provider() + ".";
        for (String name : profile.quirks().keySet()) {
            if (name.startsWith(own) && !known.contains(name.substring(own.length()))) {
                throw new IllegalArgumentException(
                        "no quirk \"" + name + "\"; " + dialect.provider() + " has " + known);
            }
        }
    }

    void setMatchRate(double rate) {
        if (!(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException("a match rate is between 0 and 1, not " + rate);
        }
        matchRate = rate;
    }

    void accept(String key) {
        keys.add(key);
    }

    /** Whether the key was accepted until now. */
    boolean revoke(String key) {
        return keys.remove(key);
    }

    /** The way of a call: path, window, key, credits, then the answer with whatever fault it meets. */
    Delivery handle(Request request, Instant now) {
        long call = calls.getAndIncrement();
        Optional<Operation> asked = dialect.operation(request);
        if (asked.isEmpty()) {
            return new Exchange(request, call, "unknown", now, Map.of())
                    .refuse(dialect.unknownPath(request), Fate.ANSWERED);
        }
        Operation operation = asked.get();
        Optional<String> key = dialect.credential(request);
        Faults current = faults;
        long faultCall = call - current.from();
        boolean admitted = key.isPresent() && accepts(key.get(), current.profile(), faultCall);
        boolean metered = admitted || dialect.countsUnauthorized();
        Decision decision = metered ? quota.spend(operation.scope(), nanos(now)) : new Decision(true, List.of());
        Exchange exchange = new Exchange(
                request, call, operation.name(), now, metered ? dialect.rateHeaders(decision.windows()) : Map.of());
        if (!decision.granted()) {
            return exchange.refuse(dialect.throttled(operation, full(decision, now)), Fate.REFUSED_BY_WINDOW);
        }
        if (!admitted) {
            return exchange.refuse(dialect.unauthorized(operation, request), Fate.REFUSED_AUTH);
        }
        FaultProfile profile = current.profile();
        if (operation.paid()
                && credits(profile).filter(some -> book.billedCredits() >= some).isPresent()) {
            Desk desk = desk(now, call, Optional.empty(), profile, memory);
            return exchange.fail(dialect.creditsGone(operation, desk), FaultKind.CREDITS_402, List.of());
        }
        Optional<FaultKind> fault = profile.pick(noise, dialect.provider(), faultCall);
        return fault.isEmpty()
                ? exchange.answer(dialect.answer(operation, request, desk(now, call, fault, profile, memory)), fault)
                : spoilt(exchange, operation, request, fault.get(), profile, faultCall);
    }

    private Delivery spoilt(
            Exchange exchange, Operation operation, Request request, FaultKind fault, FaultProfile profile, long call) {
        Instant now = exchange.now();
        Optional<String> retryAfter = profile.retryAfter().header(now, profile.retryAfterSeconds(), call);
        Desk whole = desk(now, exchange.call, Optional.of(fault), profile, memory);
        return switch (fault) {
            case ERROR_500 -> exchange.fail(dialect.failure(operation, 500), fault, asked(operation, request, now));
            case UNAVAILABLE_503 ->
                exchange.fail(
                        dialect.failure(operation, 503).withHeader("retry-after", retryAfter),
                        fault,
                        asked(operation, request, now));
            case BAD_REQUEST_400 ->
                exchange.fail(dialect.failure(operation, 400), fault, asked(operation, request, now));
            case INVALID_422 -> exchange.fail(dialect.failure(operation, 422), fault, asked(operation, request, now));
            case CREDITS_402 ->
                exchange.fail(dialect.creditsGone(operation, whole), fault, asked(operation, request, now));
            case TOO_MANY_429 ->
                exchange.fail(
                        dialect.throttled(
                                operation,
                                new Throttle(
                                        profile.retryAfter().reset(now, profile.retryAfterSeconds(), call),
                                        retryAfter,
                                        Optional.empty(),
                                        true)),
                        fault,
                        asked(operation, request, now));
            case PENDING_202, BATCH_SHORT, BATCH_REORDERED, BATCH_DOUBLED, BATCH_PARTIAL ->
                exchange.answer(dialect.answer(operation, request, whole), Optional.of(fault));
            case SLOW -> exchange.lose(dialect.answer(operation, request, whole), fault, SLOW, profile);
            case HANG -> exchange.lose(dialect.answer(operation, request, whole), fault, HANG, profile);
            case RESET -> exchange.lose(dialect.answer(operation, request, whole), fault, RESET, profile);
            case TORN -> exchange.lose(dialect.answer(operation, request, whole), fault, TORN, profile);
            case BROKEN -> exchange.lose(broken(dialect.answer(operation, request, whole)), fault, WHOLE, profile);
        };
    }

    /** Whom a call that a fault keeps from being answered asked about. */
    private List<Charge> asked(Operation operation, Request request, Instant now) {
        return dialect.answer(operation, request, desk(now, 0, Optional.empty(), FaultProfile.NONE, memory.scratch()))
                .charges();
    }

    private Desk desk(Instant now, long call, Optional<FaultKind> fault, FaultProfile profile, Memory remembered) {
        double used = book.billedCredits();
        double limit = credits(profile).orElse(SandboxOptions.CREDITS);
        return new Desk(
                dialect.provider(),
                world,
                call,
                matchRate,
                now,
                fault,
                quirk -> quirk.byName()
                        ? profile.quirkByName(dialect.provider(), quirk.name(), quirk.usual())
                        : profile.quirk(dialect.provider(), quirk.name(), quirk.usual()),
                remembered,
                scope -> quota.use(scope, nanos(now)),
                used,
                Math.max(0, limit - used));
    }

    /** What the account has; a fault profile's word counts before the option's. Empty if they never end. */
    private Optional<Double> credits(FaultProfile profile) {
        return Optional.ofNullable(profile.credits().get(dialect.provider())).or(() -> account);
    }

    private boolean accepts(String key, FaultProfile profile, long call) {
        boolean worn = key.equals(dialect.sandboxKey())
                && call >= profile.revoke().getOrDefault(dialect.provider(), Long.MAX_VALUE);
        return keys.contains(key) && !worn;
    }

    private static Throttle full(Decision decision, Instant now) {
        long waitNanos = Math.max(1, decision.opensAtNanos(nanos(now)) - nanos(now));
        long seconds = (waitNanos + 999_999_999L) / 1_000_000_000L;
        Instant reset = now.plusNanos(waitNanos).plusNanos(999_999_999L);
        Optional<Duration> window = decision.windows().stream()
                .filter(use -> use.remaining() == 0)
                .max(Comparator.comparingLong(WindowUse::resetsAtNanos))
                .map(use -> use.limit().window());
        return new Throttle(Optional.of(reset), Optional.of(Long.toString(seconds)), window, false);
    }

    private static Reply broken(Reply reply) {
        byte[] half = Arrays.copyOf(reply.body(), reply.body().length / 2 + 2);
        byte[] end = "{\"".getBytes(StandardCharsets.UTF_8);
        System.arraycopy(end, 0, half, half.length - end.length, end.length);
        return reply.withBody(half);
    }

    private static long nanos(Instant instant) {
        return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
    }

    /** One call on its way out: booked exactly once, whatever its end. */
    private final class Exchange {
        private final int clientPort;
        private final long call;
        private final String operation;
        private final Instant now;
        private final Map<String, String> headers;

        private Exchange(Request request, long call, String operation, Instant now, Map<String, String> headers) {
            this.clientPort = request.clientPort();
            this.call = call;
            this.operation = operation;
            this.now = now;
            this.headers = headers;
        }

        private Instant now() {
            return now;
        }

        private Delivery refuse(Reply reply, Fate fate) {
            return book(reply, fate, Optional.empty(), WHOLE, 0);
        }

        private Delivery answer(Reply reply, Optional<FaultKind> meant) {
            Optional<FaultKind> acted = meant.filter(
                    kind -> kind == FaultKind.PENDING_202 ? reply.status() == 202 : operation.contains("bulk"));
            return book(reply, Fate.ANSWERED, acted, WHOLE, 0);
        }

        private Delivery fail(Reply reply, FaultKind fault, List<Charge> asked) {
            Fate fate = fault == FaultKind.TOO_MANY_429 ? Fate.REFUSED_BY_FAULT : Fate.FAILED;
            return book(reply.withCharges(asked), fate, Optional.of(fault), WHOLE, 0);
        }

        private Delivery lose(Reply reply, FaultKind fault, Delivery.Manner manner, FaultProfile profile) {
            Fate fate = manner == SLOW ? Fate.ANSWERED : Fate.LOST;
            long pause = (manner == SLOW ? profile.slowPause() : profile.hangTime()).toNanos();
            return book(reply, fate, Optional.of(fault), manner, pause);
        }

        private Delivery book(
                Reply reply, Fate fate, Optional<FaultKind> fault, Delivery.Manner manner, long pauseNanos) {
            book.book(
                    call,
                    clientPort,
                    now.toEpochMilli(),
                    operation,
                    reply.status(),
                    fate,
                    reply.charges(),
                    fault.map(FaultKind::id));
            Reply whole = reply.over(headers);
            return new Delivery(
                    whole,
                    manner,
                    latency.nanos(noise.at("latency").at(call))
                            + dialect.heldBack(whole).toNanos(),
                    pauseNanos,
                    List.of());
        }
    }
}
