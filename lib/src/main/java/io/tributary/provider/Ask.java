package io.tributary.provider;

import com.google.common.hash.Hashing;
import io.tributary.model.Identifiers;
import io.tributary.model.LookupKey;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;

/**
 * One subject to ask a provider about.
 *
 * @param reference our own reference, unique inside a batch and the same in every run; echoed by providers that support it
 * @param key the subject
 * @param inputs what may be sent
 * @param epoch epoch seconds of the answer that this ask supersedes; 0 when the key was never asked here
 * @param pending what the provider accepted earlier, if this ask fetches its answer
 */
public record Ask(String reference, LookupKey key, Identifiers inputs, long epoch, Optional<Pending> pending) {
    public Ask {
        Objects.requireNonNull(reference, "reference");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(inputs, "inputs");
        Objects.requireNonNull(pending, "pending");
    }

    /** The ask about a key. Its reference is made from the key alone, so a later run knows the items of an earlier one's job. */
    public static Ask about(LookupKey key, Identifiers inputs, long epoch, Optional<Pending> pending) {
        // Made for every call, and nothing but chance makes two alike: no need of a hash that resists more.
        long hash = Hashing.murmur3_128()
                .hashString(key.text(), StandardCharsets.UTF_8)
                .asLong();
        return new Ask(HexFormat.of().toHexDigits(hash), key, inputs, epoch, pending);
    }

    /** A new ask. */
    public Ask(String reference, LookupKey key, Identifiers inputs, long epoch) {
        this(reference, key, inputs, epoch, Optional.empty());
    }
}
