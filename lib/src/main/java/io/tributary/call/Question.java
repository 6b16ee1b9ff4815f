package io.tributary.call;

import io.tributary.model.Identifiers;
import io.tributary.model.LookupKey;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One key to ask.
 *
 * @param providers names in the order in which they may be asked
 * @param epochs by provider, the epoch seconds of the answer that is superseded; a provider that is missing was never asked
 */
public record Question(LookupKey key, Identifiers inputs, List<String> providers, Map<String, Long> epochs) {
    public Question {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(inputs, "inputs");
        providers = List.copyOf(providers);
        epochs = Map.copyOf(epochs);
    }
}
