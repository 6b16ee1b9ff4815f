package io.tributary.sandbox;

import io.tributary.sandbox.dialect.ApolloDialect;
import io.tributary.sandbox.dialect.ClearbitDialect;
import io.tributary.sandbox.dialect.Dialect;
import io.tributary.sandbox.dialect.ExampleDialect;
import io.tributary.sandbox.dialect.FullContactDialect;
import io.tributary.sandbox.dialect.HunterDialect;
import io.tributary.sandbox.dialect.LushaDialect;
import io.tributary.sandbox.dialect.PeopleDataLabsDialect;
import io.tributary.sandbox.dialect.SnovioDialect;
import io.tributary.sandbox.dialect.ZoomInfoDialect;
import io.tributary.sandbox.dialect.ZoomInfoLegacyDialect;
import io.tributary.sandbox.ledger.Ledger;
import io.tributary.sandbox.ledger.ProviderLedger;
import io.tributary.sandbox.quota.Limit;
import io.tributary.sandbox.quota.Quota;
import io.tributary.sandbox.wire.Json;
import io.tributary.sandbox.wire.Reply;
import io.tributary.sandbox.wire.Request;
import io.tributary.sandbox.world.World;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Leads a request to its provider by its first path segment, or to the desk of the sandbox itself. Knows no network, so
 * tests can ask it at any time they like. Thread-safe.
 */
final class Gateway {
    static final List<Dialect> DIALECTS = List.of(
            new ExampleDialect(),
            new ClearbitDialect(),
            new HunterDialect(),
            new ApolloDialect(),
            new LushaDialect(),
            new SnovioDialect(),
            new FullContactDialect(),
            new PeopleDataLabsDialect(),
            new ZoomInfoDialect(),
            new ZoomInfoLegacyDialect());

    private final Map<String, Provider> byPrefix = new HashMap<>();
    private final Ledger ledger;
    private final Admin admin;
    private final InstantSource clock;

    Gateway(SandboxOptions options) {
        refuseUnknownProviders(options);
        World world = new World(options.seed());
        Map<String, Provider> byName = new LinkedHashMap<>();
        Map<String, ProviderLedger> books = new HashMap<>();
        Map<String, Quota> quotas = new HashMap<>();
        for (Dialect dialect : DIALECTS) {
            ProviderLedger book = new ProviderLedger(dialect.provider(), options.listedCalls());
            Quota quota = new Quota(scope -> limits(dialect, scope, options));
            Provider provider = new Provider(dialect, world, options, quota, book);
            dialect.prefixes().forEach(prefix -> byPrefix.put(prefix, provider));
            byName.put(dialect.provider(), provider);
            books.put(dialect.provider(), book);
            quotas.put(dialect.provider(), quota);
        }
        this.ledger = new Ledger(books, quotas);
        this.admin = new Admin(byName, ledger);
        this.clock = options.clock();
    }

    /** Answers one request, and books it. */
    Delivery handle(Request request) {
        if (request.prefix().startsWith("_")) {
            return admin.handle(request);
        }
        Provider provider = byPrefix.get(request.prefix());
        return provider == null
                ? Delivery.atOnce(Reply.json(
                        404,
                        Json.object()
                                .put(
                                        "error",
                                        "no simulated provider \"" + request.prefix() + "\"; one of "
                                                + byPrefix.keySet().stream()
                                                        .sorted()
                                                        .collect(Collectors.joining(", ")))))
                : provider.handle(request, clock.instant());
    }

    Ledger ledger() {
        return ledger;
    }

    private static List<Limit> limits(Dialect dialect, String scope, SandboxOptions options) {
        if (options.quotaScale() == 0) {
            return List.of();
        }
        String name = dialect.provider();
        List<Limit> limits = Optional.ofNullable(options.quotas().get(name + ":" + scope))
                .or(() -> Optional.ofNullable(options.quotas().get(name)))
                .map(text -> Limit.parseAll(text, dialect.windowKind()))
                .orElseGet(() -> dialect.limits(scope));
        return limits.stream().map(limit -> limit.times(options.quotaScale())).toList();
    }

    private static void refuseUnknownProviders(SandboxOptions options) {
        List<String> known = DIALECTS.stream().map(Dialect::provider).toList();
        for (Map<String, ?> map : List.of(options.quotas(), options.matchRates(), options.keys())) {
            for (String name : map.keySet()) {
                String provider = name.contains(":") ? name.substring(0, name.indexOf(':')) : name;
                if (!known.contains(provider)) {
                    throw new IllegalArgumentException("no provider \"" + provider + "\"; one of " + known);
                }
            }
        }
        options.quotas().values().forEach(text -> Limit.parseAll(text, Limit.Kind.SLIDING));
    }
}
