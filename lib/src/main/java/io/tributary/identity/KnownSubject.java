package io.tributary.identity;

import java.util.Collections;
import java.util.Objects;
import java.util.Set;

/**
 * A subject as far as it is known by identifiers that hardly two subjects have. They are only ever compared, so hashes do as
 * well as texts. Immutable.
 *
 * @param key the key under which answers about the subject are kept
 * @param addresses its mailboxes, or its domains; a subject may have several
 * @param pages its LinkedIn pages; two subjects with different ones are not the same
 */
public record KnownSubject(String key, Set<String> addresses, Set<String> pages) {
    public KnownSubject {
        Objects.requireNonNull(key, "key");
        addresses = Set.copyOf(addresses);
        pages = Set.copyOf(pages);
    }

    /** Whether their pages say that they are two. */
    boolean hasOtherPage(KnownSubject other) {
        return !pages.isEmpty() && !other.pages.isEmpty() && Collections.disjoint(pages, other.pages);
    }

    /** Whether they could be compared by something that is hardly shared, and have nothing of it in common. */
    boolean isStranger(KnownSubject other) {
        boolean comparable =
                !addresses.isEmpty() && !other.addresses.isEmpty() || !pages.isEmpty() && !other.pages.isEmpty();
        return comparable
                && Collections.disjoint(addresses, other.addresses)
                && Collections.disjoint(pages, other.pages);
    }
}
