package io.tributary.identity;

import java.util.Objects;
import java.util.Optional;

/**
 * Somebody's employer, as one source names it. Immutable.
 *
 * @param domain registrable; empty if it is not known
 * @param name in the form in which names are compared; empty if it is not known
 */
public record Employer(Optional<String> domain, Optional<String> name) {
    public Employer {
        Objects.requireNonNull(domain, "domain");
        Objects.requireNonNull(name, "name");
    }

    public boolean isKnown() {
        return domain.isPresent() || name.isPresent();
    }

    /**
     * Whether these are two employers for sure. One that is known by its name alone and one that is known by its domain alone
     * may be the same; so are two domains of one name.
     */
    public boolean differsFrom(Employer other) {
        if (name.isPresent() && name.equals(other.name)) {
            return false;
        }
        if (domain.isPresent() && other.domain.isPresent()) {
            return !domain.equals(other.domain);
        }
        return name.isPresent() && other.name.isPresent();
    }

    @Override
    public String toString() {
        return "employer";
    }
}
