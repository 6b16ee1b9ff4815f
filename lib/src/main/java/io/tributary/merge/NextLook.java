package io.tributary.merge;

import io.tributary.model.LookupKey;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * When time alone may change what is decided about a key: the first moment at which one of its answers stops counting. Until then
 * nobody needs to look at the key again, unless something else about it changes. It may be named too early, never too late.
 *
 * @param policies how long the answers of a provider count, by its name; of others the defaults
 * @param asked the providers that are asked. Whoever is not asked any more counts by the defaults where a night plans, and by
 *     its own policy where it merges
 * @param ages how long fields count that have a bound of their own
 */
public record NextLook(Map<String, FreshnessPolicy> policies, Set<String> asked, Set<Duration> ages)
        implements Serializable {
    private static final FreshnessPolicy DEFAULTS = FreshnessPolicy.defaults();

    public NextLook {
        policies = Map.copyOf(policies);
        asked = Set.copyOf(asked);
        ages = Set.copyOf(ages);
    }

    /** What a provider said. */
    public record Said(String provider, LastAnswer answer) {}

    /**
     * The first such moment after another.
     *
     * @param said all that counts for the key; more than that does no harm
     * @return empty if time alone changes nothing any more
     */
    public Optional<Instant> after(Instant asOf, LookupKey key, Collection<Said> said) {
        return said.stream()
                .flatMap(one -> ends(key, one))
                .filter(asOf::isBefore)
                .min(Comparator.naturalOrder());
    }

    private Stream<Instant> ends(LookupKey key, Said said) {
        LastAnswer answer = said.answer();
        FreshnessPolicy own = policies.getOrDefault(said.provider(), DEFAULTS);
        Stream<FreshnessPolicy> meant = asked.contains(said.provider()) ? Stream.of(own) : Stream.of(own, DEFAULTS);
        Stream<Instant> expiries = meant.flatMap(policy -> policy.forKey(key).expiresAt(answer).stream());
        return answer.outcome().hasData()
                ? Stream.concat(
                        expiries, ages.stream().map(age -> answer.fetchedAt().plus(age)))
                : expiries;
    }
}
