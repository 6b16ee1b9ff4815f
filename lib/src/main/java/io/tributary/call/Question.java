package io.tributary.call;

import io.tributary.model.Identifiers;
import io.tributary.model.LookupKey;
import io.tributary.provider.Pending;
import io.tributary.wanted.WantedFields;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One key to ask.
 *
 * @param providers names in the order in which they may be asked
 * @param epochs by provider, the epoch seconds of the answer that is superseded; a provider that is missing was never asked
 * @param pending by provider, what it accepted earlier: its answer is fetched, and nothing new is asked
 * @param wanted what is missing of what is wanted: asked for until nothing is; nothing if the first match is enough
 */
public record Question(
        LookupKey key,
        Identifiers inputs,
        List<String> providers,
        Map<String, Long> epochs,
        Map<String, Pending> pending,
        WantedFields wanted) {
    public Question {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(inputs, "inputs");
        providers = List.copyOf(providers);
        epochs = Map.copyOf(epochs);
        pending = Map.copyOf(pending);
        Objects.requireNonNull(wanted, "wanted");
    }

    /** A key of which nothing in particular is wanted. */
    public Question(
            LookupKey key,
            Identifiers inputs,
            List<String> providers,
            Map<String, Long> epochs,
            Map<String, Pending> pending) {
        this(key, inputs, providers, epochs, pending, WantedFields.NOTHING);
    }

    /** A key of which nothing is pending, and nothing in particular wanted. */
    public Question(LookupKey key, Identifiers inputs, List<String> providers, Map<String, Long> epochs) {
        this(key, inputs, providers, epochs, Map.of());
    }
}
