package io.tributary.credential;

import java.util.Map;

/**
 * A key as it is used now. It holds what is secret and does not print it.
 *
 * @param version counts how often the key's value or token changed, from 0
 * @param live whether the provider still accepts it, as far as is known
 * @param parts what is put on a call: name to secret; a token stands under {@link io.tributary.provider.Auth#KEY}; empty
 *     unless it is live
 */
public record Grant(long version, boolean live, Map<String, String> parts) {
    public Grant {
        parts = Map.copyOf(parts);
        if (live == parts.isEmpty()) {
            throw new IllegalArgumentException("a key that is live has parts, and no other");
        }
    }

    @Override
    public String toString() {
        return (live ? "a live key" : "a refused key") + ", version " + version;
    }
}
