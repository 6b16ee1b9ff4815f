package io.tributary.provider;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The parts of a key, name to secret. Immutable; prints the names only. */
final class Parts {
    /** User, then password, under the names that HTTP Basic takes. */
    private static final List<List<String>> PAIRS =
            List.of(List.of("client-id", "client-secret"), List.of("username", "password"));

    private final Map<String, String> parts;

    Parts(Map<String, String> parts) {
        this.parts = Map.copyOf(parts);
    }

    /** Whether these names are of a user and a password. */
    static boolean hasPair(Set<String> names) {
        return PAIRS.stream().anyMatch(names::containsAll);
    }

    Parts with(String name, String value) {
        Map<String, String> more = new HashMap<>(parts);
        more.put(name, value);
        return new Parts(more);
    }

    /** @throws IllegalArgumentException if there is no such part; the message names those that there are */
    String get(String name) {
        String value = parts.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the key lacks the part " + name + "; it has " + this);
        }
        return value;
    }

    Optional<String> find(String name) {
        return Optional.ofNullable(parts.get(name));
    }

    /** @throws IllegalArgumentException if a part is missing */
    String fill(Template template) {
        return template.fill(name -> Optional.of(get(name))).orElseThrow();
    }

    /** User and password, with a colon between. */
    String pair() {
        List<String> names = PAIRS.stream()
                .filter(pair -> parts.keySet().containsAll(pair))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the key needs the parts client-id and client-secret, or username and password; it has "
                                + this));
        return parts.get(names.get(0)) + ":" + parts.get(names.get(1));
    }

    @Override
    public String toString() {
        return String.join(", ", new TreeSet<>(parts.keySet()));
    }
}
