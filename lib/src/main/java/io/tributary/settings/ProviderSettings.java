package io.tributary.settings;

import io.tributary.merge.FreshnessPolicy;
import io.tributary.provider.QuotaWindow;
import io.tributary.provider.WindowShape;
import io.tributary.secret.SecretRef;
import io.tributary.secret.SecretStores;
import io.tributary.yaml.Faults;
import io.tributary.yaml.ObjectShape;
import io.tributary.yaml.Shape;
import io.tributary.yaml.Tree;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
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
 * @param account what its keys belong to, where runs share quotas; its name unless another is given
 * @param baseUrl stands in for the scheme, host and port of every URL of the spec, its path in front of theirs; empty
 *     for the spec's own
 * @param caps the most credits that may be spent here; without one of a run only on loopback
 * @param quota windows that stand in for the spec's; empty for the spec's own
 * @param quotaScale factor on every window's calls
 * @param maxInFlight calls in flight per task
 * @param arrivesWithin how long after its sending a call has arrived at the latest, as its user promises
 * @param matchRateGuard whether it is off for the run when it suddenly finds nobody
 * @param freshness how long its answers count
 * @param pricePerCredit what one credit costs here, in the currency of the settings; empty if no money is spoken of
 * @param sendWhen a Spark SQL condition over a CRM record, without which nothing of it is sent; empty if anything may be
 * @param sendsUnknown whether what the condition can't tell is sent
 */
public record ProviderSettings(
        String name,
        String spec,
        boolean enabled,
        List<Credential> keys,
        String account,
        Optional<URI> baseUrl,
        CreditCaps caps,
        List<QuotaWindow> quota,
        double quotaScale,
        int maxInFlight,
        Optional<Duration> arrivesWithin,
        boolean matchRateGuard,
        FreshnessPolicy freshness,
        Optional<BigDecimal> pricePerCredit,
        Optional<String> sendWhen,
        boolean sendsUnknown) {

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
                                    "account",
                                    Shape.text(),
                                    "What its keys belong to, where pipelines share quotas; its name if absent. Give each"
                                            + " account a name of its own.")
                            .optional(
                                    "base-url",
                                    Shape.url(),
                                    "Stands in for scheme, host and port of every URL of the spec, its path in front of theirs."),
                    "The most credits that one run may spend here; needed unless base-url is on this machine.",
                    "The same of a day, over all runs on this lake.",
                    "The same of a calendar month.")
            .withDefault("quota", Shape.list(WindowShape.WINDOW), "[]", "Windows that stand in for all of the spec's.")
            .withDefault(
                    "quota-scale",
                    Shape.decimal(0.0001, 1_000_000),
                    "1",
                    "Factor on every window's calls; above 1 only if base-url is on this machine.")
            .optional("max-in-flight", Shape.integer(1, 4096), "Calls in flight per task; limits.in-flight if absent.")
            .optional(
                    "arrives-within",
                    Shape.duration(),
                    "A promise that calls reach it so soon after they are sent. Without it only an answer proves that, so of a"
                            + " provider that takes 200 ms a window of a second is used to 83 %; with it, a call that arrives later"
                            + " may pass a window and be refused.")
            .withDefault(
                    "match-rate-guard",
                    Shape.flag(),
                    "true",
                    "Whether it is off for the run, its 'not found' not believed, when it finds far fewer than in its past.")
            .optional(
                    "price-per-credit",
                    Shape.decimal(0, 1_000_000),
                    "What one credit costs here, in the currency of the settings: plans and summaries then speak of money too.")
            .optional(
                    "send-when",
                    Shape.text(),
                    "What of a CRM record may be sent here at all: a Spark SQL condition such as country_code in ('US', 'CA') and"
                            + " consent = 'yes'. It may name what budget.first may, and country_code, the country's ISO code.")
            .withDefault(
                    "send-when-unknown",
                    Shape.oneOf("withhold", "send"),
                    "withhold",
                    "What becomes of a record of which send-when can't tell, because the country or another column is empty.")
            .withDefault("freshness", FreshnessSettings.OVERRIDE, "{}", "Freshness of its answers where it differs.");

    public ProviderSettings {
        keys = List.copyOf(keys);
        quota = List.copyOf(quota);
        Objects.requireNonNull(baseUrl, "baseUrl");
        Objects.requireNonNull(freshness, "freshness");
        Objects.requireNonNull(arrivesWithin, "arrivesWithin");
        Objects.requireNonNull(pricePerCredit, "pricePerCredit");
        Objects.requireNonNull(sendWhen, "sendWhen");
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
        tree.list("quota").forEach(window -> WindowShape.check(window, faults));
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
                tree.find("account").map(Tree::text).orElse(name),
                tree.find("base-url").map(Tree::url),
                CreditCaps.of(tree),
                tree.list("quota").stream().map(WindowShape::read).toList(),
                tree.decimal("quota-scale"),
                tree.find("max-in-flight")
                        .map(most -> Math.toIntExact(most.integer()))
                        .orElse(limits.inFlight()),
                tree.find("arrives-within").map(Tree::duration),
                tree.flag("match-rate-guard"),
                FreshnessSettings.of(tree.at("freshness"), freshness),
                // The shortest decimal that means this number, which is what was written.
                tree.find("price-per-credit").map(price -> BigDecimal.valueOf(price.decimal())),
                tree.find("send-when").map(Tree::text),
                tree.text("send-when-unknown").equals("send"));
    }

    static String specPath(String name, Tree tree, Places places) {
        return tree.find("spec")
                .map(places::resolve)
                .orElseGet(() -> places.resolve("providers/" + name + ".yaml", false));
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
