package io.tributary.settings;

import io.tributary.merge.FreshnessPolicy;
import io.tributary.provider.QuotaWindow;
import io.tributary.secret.SecretRef;
import io.tributary.secret.SecretStores;
import io.tributary.yaml.Faults;
import io.tributary.yaml.ObjectShape;
import io.tributary.yaml.Shape;
import io.tributary.yaml.Tree;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A provider as this pipeline uses it; how it speaks is in its spec.
 *
 * @param name as the waterfalls call it
 * @param spec absolute path of its spec
 * @param enabled whether it is asked at all
 * @param keys its rotation set, the one in use first; empty if it wants none
 * @param baseUrl stands in for the scheme, host and port of every URL of the spec, its path in front of theirs; empty
 *     for the spec's own
 * @param caps the most credits that may be spent here; without one of a run only on loopback
 * @param quota windows that stand in for the spec's; empty for the spec's own
 * @param quotaScale factor on every window's calls
 * @param maxInFlight calls in flight per task
 * @param matchRateGuard whether it is off for the run when it suddenly finds nobody
 * @param freshness how long its answers count
 */
public record ProviderSettings(
        String name,
        String spec,
        boolean enabled,
        List<Credential> keys,
        Optional<URI> baseUrl,
        CreditCaps caps,
        List<QuotaWindow> quota,
        double quotaScale,
        int maxInFlight,
        boolean matchRateGuard,
        FreshnessPolicy freshness) {

    private static final ObjectShape WINDOW = Shape.object("A bound on calls.")
            .required("calls", Shape.integer(1, Integer.MAX_VALUE), "The most calls inside one window.")
            .required("per", Shape.duration(), "The window's length.")
            .withDefault("per-endpoint", Shape.flag(), "false", "Whether each endpoint has a window of its own.");

    static final ObjectShape SHAPE = CreditCaps.into(
                    Shape.object("A provider as this pipeline uses it.")
                            .optional(
                                    "spec",
                                    Shape.text(),
                                    "The file that says how it speaks; providers/NAME.yaml if absent.")
                            .withDefault("enabled", Shape.flag(), "true", "Whether it is asked at all.")
                            .withDefault(
                                    "keys",
                                    Shape.list(Shape.either(
                                            Shape.secretReference(), Shape.entries(Shape.secretReference()))),
                                    "[]",
                                    "Its rotation set, the one in use first: env:NAME, file:PATH, exec:COMMAND, aws:NAME,"
                                            + " gcp:projects/P/secrets/S or vault:MOUNT/PATH#FIELD each, or named parts such as client-id"
                                            + " and client-secret.")
                            .optional(
                                    "base-url",
                                    Shape.url(),
                                    "Stands in for scheme, host and port of every URL of the spec, its path in front of theirs."),
                    "The most credits that one run may spend here; needed unless base-url is on this machine.",
                    "The same of a day, over all runs on this lake.",
                    "The same of a calendar month.")
            .withDefault("quota", Shape.list(WINDOW), "[]", "Windows that stand in for all of the spec's.")
            .withDefault(
                    "quota-scale",
                    Shape.decimal(0.0001, 1_000_000),
                    "1",
                    "Factor on every window's calls; above 1 only if base-url is on this machine.")
            .optional("max-in-flight", Shape.integer(1, 4096), "Calls in flight per task; limits.in-flight if absent.")
            .withDefault(
                    "match-rate-guard",
                    Shape.flag(),
                    "true",
                    "Whether it is off for the run, its 'not found' not believed, when it finds far fewer than in its past.")
            .withDefault("freshness", FreshnessSettings.OVERRIDE, "{}", "Freshness of its answers where it differs.");

    public ProviderSettings {
        keys = List.copyOf(keys);
        quota = List.copyOf(quota);
        Objects.requireNonNull(baseUrl, "baseUrl");
        Objects.requireNonNull(freshness, "freshness");
        if (name.isBlank() || spec.isBlank()) {
            throw new IllegalArgumentException("a provider needs a name and a spec");
        }
        boolean loopback = baseUrl.filter(Loopback::isHost).isPresent();
        if (caps.perRun().isEmpty() && enabled && !loopback) {
            throw new IllegalArgumentException("a provider that is not on this machine needs a cap");
        }
        if (!(quotaScale > 0) || maxInFlight < 1) {
            throw new IllegalArgumentException("a quota's factor and the calls in flight are above 0");
        }
    }

    /** Whether all of its calls stay on this machine. */
    public boolean isOnLoopback() {
        return baseUrl.filter(Loopback::isHost).isPresent();
    }

    static void check(Tree tree, Faults faults) {
        boolean loopback =
                tree.find("base-url").map(Tree::url).filter(Loopback::isHost).isPresent();
        boolean enabled = tree.find("enabled").map(Tree::flag).orElse(true);
        if (enabled && !loopback && !tree.isGiven("max-credits-per-run") && !isWrong(tree, "base-url")) {
            faults.add(tree.fault("calls a paid service without a cap; add max-credits-per-run: 100, the most credits"
                    + " that one run may spend here"));
        }
        tree.find("quota-scale")
                .filter(scale -> !loopback && scale.decimal() > 1)
                .ifPresent(scale -> faults.add(scale.fault("would exceed the provider's quota, which can get a key"
                        + " banned; above 1 is only for a base-url on this machine")));
        if (enabled) {
            checkModules(tree, faults);
        }
        for (Tree window : tree.list("quota")) {
            window.find("per")
                    .filter(per -> per.duration().isZero())
                    .ifPresent(per -> faults.add(per.fault("is no time at all; write 1s")));
        }
    }

    private static void checkModules(Tree tree, Faults faults) {
        SecretStores stores = new SecretStores();
        tree.list("keys").stream()
                .flatMap(key -> key.isMapping() ? key.entries().values().stream() : Stream.of(key))
                .forEach(place -> stores.obstacle(SecretRef.parse(place.text()))
                        .ifPresent(obstacle -> faults.add(place.fault(obstacle))));
    }

    private static boolean isWrong(Tree tree, String key) {
        return tree.isGiven(key) && !tree.has(key);
    }

    static ProviderSettings of(String name, Tree tree, FreshnessPolicy freshness, LimitSettings limits, Places places) {
        return new ProviderSettings(
                name,
                specPath(name, tree, places),
                tree.flag("enabled"),
                tree.list("keys").stream().map(key -> credential(key, places)).toList(),
                tree.find("base-url").map(Tree::url),
                CreditCaps.of(tree),
                tree.list("quota").stream().map(ProviderSettings::window).toList(),
                tree.decimal("quota-scale"),
                tree.find("max-in-flight")
                        .map(most -> Math.toIntExact(most.integer()))
                        .orElse(limits.inFlight()),
                tree.flag("match-rate-guard"),
                FreshnessSettings.of(tree.at("freshness"), freshness));
    }

    static String specPath(String name, Tree tree, Places places) {
        return tree.find("spec")
                .map(places::resolve)
                .orElseGet(() -> places.resolve("providers/" + name + ".yaml", false));
    }

    private static QuotaWindow window(Tree tree) {
        return new QuotaWindow(Math.toIntExact(tree.integer("calls")), tree.duration("per"), tree.flag("per-endpoint"));
    }

    private static Credential credential(Tree tree, Places places) {
        Map<String, SecretRef> parts = new LinkedHashMap<>();
        if (tree.isMapping()) {
            tree.entries().forEach((part, place) -> parts.put(part, reference(place, places)));
        } else {
            parts.put(Credential.KEY, reference(tree, places));
        }
        return new Credential(parts);
    }

    private static SecretRef reference(Tree tree, Places places) {
        SecretRef ref = SecretRef.parse(tree.text());
        return switch (ref.kind()) {
            case ENV, EXEC, AWS, GCP, VAULT -> ref;
            case FILE -> new SecretRef(ref.kind(), places.resolve(ref.name(), Places.isFromCommandLine(tree)));
        };
    }
}
