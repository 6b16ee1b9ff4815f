package io.tributary.jobs.bench;

import io.tributary.call.CallSettings;
import io.tributary.jobs.ask.AskPlan;
import io.tributary.jobs.ask.ProviderText;
import io.tributary.jobs.ask.ShippedCatalog;
import io.tributary.journal.FlushPolicy;
import io.tributary.merge.FreshnessPolicy;
import io.tributary.model.EntityKind;
import io.tributary.provider.QuotaWindow;
import io.tributary.provider.ReAsk;
import io.tributary.secret.SecretRef;
import io.tributary.settings.Credential;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The sandbox's example provider as a call step asks it.
 *
 * @param home the project's folder, for the provider's file
 * @param folder for its key and the journal
 * @param sandbox its address
 */
record ExampleProvider(Path home, Path folder, String sandbox) {
    static final String KEY = "sandbox-example-key";
    private static final String NAME = "example";

    ShippedCatalog catalog(List<QuotaWindow> windows, int inFlight) throws IOException {
        Path key = folder.resolve("key");
        Files.writeString(key, KEY);
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        ProviderText provider = new ProviderText(
                NAME,
                Files.readString(home.resolve("conf/providers/example.yaml")),
                sandbox + "/example",
                windows,
                inFlight,
                null,
                ReAsk.ASK_AGAIN,
                false,
                FreshnessPolicy.defaults(),
                List.of(new Credential(Map.of(Credential.KEY, SecretRef.parse("file:" + key)))));
        return new ShippedCatalog(List.of(provider), Map.of(EntityKind.PERSON, List.of(NAME)));
    }

    AskPlan plan(String run, ShippedCatalog catalog, int evenShares, int buckets) {
        return new AskPlan(
                run,
                catalog,
                CallSettings.DEFAULT,
                5,
                Duration.ofMinutes(1),
                Duration.ofMinutes(15),
                evenShares,
                buckets,
                folder.resolve("journal").toString(),
                Map.of(),
                FlushPolicy.DEFAULT,
                Duration.ZERO,
                Duration.ofMinutes(5),
                "",
                "");
    }
}
