package io.tributary.jobs.run;

import io.tributary.call.CallSettings;
import io.tributary.jobs.StoppedException;
import io.tributary.jobs.ask.AskPlan;
import io.tributary.jobs.ask.ProviderText;
import io.tributary.jobs.ask.ShippedCatalog;
import io.tributary.jobs.table.Lake;
import io.tributary.jobs.table.TableRef;
import io.tributary.journal.FlushPolicy;
import io.tributary.merge.FreshnessPolicy;
import io.tributary.model.EntityKind;
import io.tributary.provider.Auth;
import io.tributary.provider.ProviderSpec;
import io.tributary.provider.QuotaWindow;
import io.tributary.provider.ReAsk;
import io.tributary.provider.TokenExchange;
import io.tributary.quota.Backoff;
import io.tributary.secret.SecretRef;
import io.tributary.secret.SecretSource;
import io.tributary.secret.SecretUnavailableException;
import io.tributary.secret.StoredSecrets;
import io.tributary.settings.Credential;
import io.tributary.settings.ProviderSettings;
import io.tributary.settings.Settings;
import io.tributary.wanted.WantedFields;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

/** From settings to what the steps are made of: the only place that knows both. */
final class Wiring {
    private final Settings settings;

    Wiring(Settings settings) {
        this.settings = settings;
    }

    Lake lake() {
        return new Lake(name -> new TableRef(settings.lake().table(name)));
    }

    ShippedCatalog catalog() {
        return catalog(settings.providers().keySet());
    }

    /** Whom a run may ask that asks some providers only. */
    ShippedCatalog catalog(Set<String> providers) {
        return catalog(providers, settings.wanted());
    }

    /** The same, with something else wanted of them. */
    ShippedCatalog catalog(Set<String> providers, WantedFields wanted) {
        Map<EntityKind, List<String>> waterfall = new EnumMap<>(EntityKind.class);
        settings.waterfall()
                .forEach((entity, order) -> waterfall.put(
                        entity, order.stream().filter(providers::contains).toList()));
        List<ProviderText> texts = new ArrayList<>();
        for (ProviderSettings provider : settings.providers().values()) {
            if (provider.enabled()) {
                texts.add(text(provider));
            }
        }
        return new ShippedCatalog(texts, waterfall, wanted);
    }

    private ProviderText text(ProviderSettings provider) {
        String text;
        try {
            text = Files.readString(Path.of(provider.spec()));
        } catch (IOException e) {
            throw new UncheckedIOException("the file of provider " + provider.name() + " can't be read", e);
        }
        ProviderSpec spec = ProviderSpec.parse(provider.name() + ".yaml", text);
        List<QuotaWindow> windows = (provider.quota().isEmpty() ? spec.windows() : provider.quota())
                .stream().map(window -> window.times(provider.quotaScale())).toList();
        ReAsk reAsk =
                switch (settings.unknownOutcome()) {
                    case BY_SPEC -> spec.reAsk();
                    case ASK_AGAIN -> ReAsk.ASK_AGAIN;
                    case HOLD -> spec.reAsk() == ReAsk.FREE ? ReAsk.FREE : ReAsk.HOLD;
                };
        return new ProviderText(
                provider.name(),
                text,
                provider.baseUrl().map(URI::toString).orElse(""),
                windows,
                Math.min(provider.maxInFlight(), spec.maxInFlight()),
                provider.arrivesWithin().orElse(null),
                reAsk,
                provider.matchRateGuard(),
                provider.freshness(),
                provider.keys().stream()
                        .map(key -> fitting(provider.name(), spec.auth(), key))
                        .toList());
    }

    /** A key must have the parts that the provider's file names. */
    private static Credential fitting(String provider, Auth auth, Credential key) {
        Set<String> missing = auth.lacking(key.parts().keySet());
        if (!missing.isEmpty()) {
            throw new StoppedException("providers." + provider + ".keys: the key lacks the part "
                    + String.join(", ", missing) + "; it has "
                    + String.join(", ", key.parts().keySet()) + ". Write for instance {"
                    + missing.iterator().next() + ": \"env:NAME\"}");
        }
        if (auth instanceof Auth.Token token
                && token.exchange().replacesRefreshToken()
                && key.parts().get(TokenExchange.REFRESH_TOKEN).kind() != SecretRef.Kind.FILE) {
            throw new StoppedException("providers." + provider + ".keys: each use of the part "
                    + TokenExchange.REFRESH_TOKEN + " makes it void, so the next one must be kept: write file:PATH");
        }
        return key;
    }

    /** Fails before anything is sent if a key can't be had. */
    List<String> checkKeys() {
        List<String> warnings = new ArrayList<>();
        SecretSource source = new StoredSecrets(System.getenv(), warnings::add);
        settings.providers().values().stream()
                .filter(ProviderSettings::enabled)
                .flatMap(provider -> provider.keys().stream())
                .flatMap(key -> key.parts().values().stream())
                .forEach(ref -> {
                    try {
                        source.resolve(ref);
                    } catch (SecretUnavailableException e) {
                        throw new StoppedException(e.getMessage());
                    }
                });
        ShippedCatalog catalog = catalog();
        catalog.texts().keySet().forEach(name -> {
            Auth auth = catalog.spec(name).auth();
            Auth sent = auth instanceof Auth.Token token ? token.sends() : auth;
            if (sent instanceof Auth.Query query) {
                warnings.add(name + " takes its key in the URL (" + query.name()
                        + "), and URLs end in the logs of proxies and"
                        + " servers; if it takes a header too, write that into its file");
            }
        });
        return warnings;
    }

    /** Life cycles of which one record withholds its key. */
    Set<String> withheld() {
        Set<String> withheld = new TreeSet<>();
        if (settings.lifeCycle().skipOptedOut()) {
            withheld.add("opted_out");
        }
        if (settings.lifeCycle().skipBounced()) {
            withheld.add("bounced");
        }
        return withheld;
    }

    Map<String, FreshnessPolicy> freshness() {
        Map<String, FreshnessPolicy> freshness = new LinkedHashMap<>();
        settings.providers().forEach((name, provider) -> freshness.put(name, provider.freshness()));
        return freshness;
    }

    AskPlan askPlan(String runId, ShippedCatalog catalog, SparkSession spark, Duration clockOffset) {
        var limits = settings.limits();
        CallSettings usual = CallSettings.DEFAULT;
        return new AskPlan(
                runId,
                catalog,
                new CallSettings(
                        new Backoff(limits.tries(), limits.backoffBase(), limits.backoffCap()),
                        usual.batchLinger(),
                        usual.prepareAhead(),
                        limits.maxPause(),
                        usual.partialSatisfies(),
                        usual.keysInFlight()),
                limits.breakerFailures(),
                limits.breakerOpenFor(),
                limits.maxPause(),
                0,
                limits.buckets(),
                settings.journal().path(),
                hadoop(spark),
                new FlushPolicy(
                        settings.journal().maxAnswers(), settings.journal().maxAge()),
                clockOffset,
                limits.keysReread(),
                settings.http().proxy().map(URI::toString).orElse(""),
                settings.http().caBundle().orElse(""));
    }

    /** What this session sets of Hadoop: executors have the defaults themselves. */
    private static Map<String, String> hadoop(SparkSession spark) {
        Map<String, String> set = new LinkedHashMap<>();
        for (Tuple2<String, String> each : spark.sparkContext().getConf().getAllWithPrefix("spark.hadoop.")) {
            set.put(each._1(), each._2());
        }
        return set;
    }
}
