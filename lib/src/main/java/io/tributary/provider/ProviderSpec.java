package io.tributary.provider;

import io.tributary.model.EntityKind;
import io.tributary.model.Identifiers;
import io.tributary.yaml.Faults;
import io.tributary.yaml.FaultsException;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A provider, as its file describes it. Immutable and thread-safe; not serialisable on purpose: ship the file's text and
 * read it where it is used.
 */
public final class ProviderSpec {
    private final String name;
    private final String version;
    private final Map<String, URI> hosts;
    private final Auth auth;
    private final List<QuotaWindow> windows;
    private final List<RateHeaderNames> rateHeaders;
    private final ReAsk reAsk;
    private final int maxInFlight;
    private final Duration deadline;
    private final Map<String, PendingRule> pending;
    private final Map<String, SpecOperation> operations;
    private final Set<String> inUse;
    private final Map<String, String> hostOf;
    private final Optional<LiveCheck> live;
    private final Optional<BalanceQuery> balance;
    private final List<Operation> asked;
    private final Map<String, Resumption> resumptions;
    private final Map<String, Resumption> pages;

    ProviderSpec(
            String name,
            String version,
            Map<String, URI> hosts,
            Auth auth,
            List<QuotaWindow> windows,
            List<RateHeaderNames> rateHeaders,
            ReAsk reAsk,
            int maxInFlight,
            Duration deadline,
            Map<String, PendingRule> pending,
            Map<String, SpecOperation> operations,
            Set<String> inUse,
            Map<String, String> hostOf,
            Optional<LiveCheck> live,
            Optional<BalanceQuery> balance) {
        this.name = name;
        this.version = version;
        this.hosts = new LinkedHashMap<>(hosts);
        this.auth = Objects.requireNonNull(auth);
        this.windows = List.copyOf(windows);
        this.rateHeaders = List.copyOf(rateHeaders);
        this.reAsk = reAsk;
        this.maxInFlight = maxInFlight;
        this.deadline = deadline;
        this.pending = Map.copyOf(pending);
        this.operations = new LinkedHashMap<>(operations);
        this.inUse = Set.copyOf(inUse);
        this.hostOf = Map.copyOf(hostOf);
        this.live = live;
        this.balance = balance;
        this.asked = this.operations.entrySet().stream()
                .filter(entry -> this.inUse.contains(entry.getKey()))
                .<Operation>map(Map.Entry::getValue)
                .toList();
        this.resumptions = new LinkedHashMap<>();
        this.pages = new LinkedHashMap<>();
        this.pending.forEach((operation, rule) -> {
            SpecOperation described = this.operations.get(operation);
            PendingRule here = rule.at(described.base());
            resumptions.put(operation, described.resumption(here));
            described.pages(here).ifPresent(page -> pages.put(operation, page));
        });
    }

    /**
     * Reads a file's text.
     *
     * @param file what faults call it
     * @throws FaultsException with every fault of the text
     */
    public static ProviderSpec parse(String file, String text) {
        Faults faults = new Faults();
        Optional<ProviderSpec> spec = new SpecReader(file, text, faults).read();
        faults.throwIfAny();
        return spec.orElseThrow();
    }

    /** Adds the faults of a file's text to others. */
    public static void check(String file, String text, Faults faults) {
        new SpecReader(file, text, faults).read();
    }

    /**
     * The same provider behind another address: each host becomes that address followed by {@code -HOST} where the file
     * has several hosts, so that one simulator can stand in for all.
     */
    public ProviderSpec behind(URI base) {
        return moved(host -> at(base, host));
    }

    /** The same provider with other addresses of some of its hosts. */
    public ProviderSpec at(Map<String, URI> others) {
        return moved(host -> others.getOrDefault(host, hosts.get(host)));
    }

    private ProviderSpec moved(Function<String, URI> address) {
        Map<String, SpecOperation> moved = new LinkedHashMap<>();
        operations.forEach((operation, spec) -> {
            moved.put(operation, spec.at(address.apply(hostOf.get(operation))));
        });
        Auth movedAuth = auth instanceof Auth.Token token
                ? new Auth.Token(
                        token.exchange().at(request -> request.at(address.apply(request.host()))), token.sends())
                : auth;
        return new ProviderSpec(
                name,
                version,
                hosts,
                movedAuth,
                windows,
                rateHeaders,
                reAsk,
                maxInFlight,
                deadline,
                pending,
                moved,
                inUse,
                hostOf,
                live,
                balance.map(query -> query.at(address.apply(query.host()))));
    }

    private URI at(URI base, String host) {
        return URI.create(base.toString().replaceFirst("/+$", "") + (hosts.size() > 1 ? "-" + host : ""));
    }

    public String name() {
        return name;
    }

    /** Names of its hosts to their addresses. */
    public Map<String, URI> hosts() {
        return Map.copyOf(hosts);
    }

    /** A short hash of the file: answers remember which mapping read them. */
    public String version() {
        return version;
    }

    /** How the file is tried against the provider itself without paying; empty where it offers no such thing. */
    public Optional<LiveCheck> live() {
        return live;
    }

    /** How the account is looked at; empty where the provider does not tell what is left of it. */
    public Optional<BalanceQuery> balance() {
        return balance;
    }

    public Auth auth() {
        return auth;
    }

    public List<QuotaWindow> windows() {
        return windows;
    }

    public List<RateHeaderNames> rateHeaders() {
        return rateHeaders;
    }

    public ReAsk reAsk() {
        return reAsk;
    }

    /** The most calls in flight at once in one task. */
    public int maxInFlight() {
        return maxInFlight;
    }

    /** The bound on a whole exchange. */
    public Duration deadline() {
        return deadline;
    }

    /**
     * How an answer that is pending is fetched, which is no new ask. The same object for every answer of an operation.
     *
     * @return empty if the file has no rule for it, no longer has the operation, or needs a job's name that was not given
     */
    public Optional<Operation> resumption(Pending of) {
        boolean inPages = JobPages.of(of.jobId()).next().isPresent();
        return Optional.ofNullable((inPages ? pages : resumptions).get(of.operation()))
                .filter(resumption -> resumption.takes(of))
                .map(resumption -> resumption);
    }

    /**
     * What a kept answer says by this file, whichever version of it read the answer first. What it cost is not looked at.
     *
     * @param operation that was asked, in use or not
     * @return empty if the file has no such operation, or does not understand the answer
     */
    public Optional<ItemReading> readAgain(String operation, KeptAnswer kept) {
        SpecOperation asked = operations.get(operation);
        return asked == null
                ? Optional.empty()
                : kept.read(Stream.concat(
                        Stream.of(asked.response()),
                        Stream.of(resumptions.get(operation), pages.get(operation))
                                .filter(Objects::nonNull)
                                .map(Resumption::response)));
    }

    /** The operations in use, first choice first. */
    public List<Operation> operations() {
        return asked;
    }

    /** Whether the file has an operation of that name. */
    public boolean describes(String operation) {
        return operations.containsKey(operation);
    }

    /**
     * The most that one ask of an operation can cost.
     *
     * @throws IllegalArgumentException if the file has no such operation
     */
    public double worstCaseCredits(String operation) {
        Operation named = operations.get(operation);
        if (named == null) {
            throw new IllegalArgumentException(name + " has no operation " + operation);
        }
        return named.worstCaseCredits();
    }

    /** An operation of the file by its name, in use or not. */
    public Optional<Operation> operation(String operation) {
        return Optional.ofNullable(operations.get(operation));
    }

    /** Every operation of the file, also what is not in use. */
    Map<String, SpecOperation> described() {
        return Collections.unmodifiableMap(operations);
    }

    /** The first operation in use, in the order of the file, that asks about that entity and accepts these inputs. */
    public Optional<Operation> operationFor(EntityKind entity, Identifiers inputs) {
        return asked.stream()
                .filter(operation -> operation.entity() == entity && operation.accepts(inputs))
                .findFirst();
    }

    @Override
    public String toString() {
        return name + "@" + version;
    }
}
