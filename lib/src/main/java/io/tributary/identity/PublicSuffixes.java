package io.tributary.identity;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The public suffix list, both its sections, and the algorithm that its site describes (publicsuffix.org/list): the
 * longest rule that matches wins, an exception rule beats all, and an unlisted top level counts as a suffix. Immutable.
 */
final class PublicSuffixes {
    private final Set<String> exact = new HashSet<>();
    private final Set<String> wildcards = new HashSet<>();
    private final Set<String> exceptions = new HashSet<>();
    private final Set<String> topLevels = new HashSet<>();
    private final LocalDate date;

    private PublicSuffixes(LocalDate date) {
        this.date = date;
    }

    /** The list that this version ships. */
    static PublicSuffixes shipped() {
        String date = Resource.lines("public_suffix_list.properties", "#").stream()
                .filter(line -> line.startsWith("date="))
                .findFirst()
                .orElseThrow()
                .substring("date=".length());
        PublicSuffixes suffixes = new PublicSuffixes(LocalDate.parse(date));
        Resource.lines("public_suffix_list.dat", "//").forEach(line -> suffixes.add(line.strip()));
        return suffixes;
    }

    private void add(String rule) {
        boolean exception = rule.startsWith("!");
        boolean wildcard = rule.startsWith("*.");
        String host = HostName.ascii(rule.substring(exception ? 1 : wildcard ? 2 : 0))
                .orElseThrow(() -> new IllegalStateException("public_suffix_list.dat: not a rule: " + rule));
        (exception ? exceptions : wildcard ? wildcards : exact).add(host);
        topLevels.add(HostName.lastLabel(host));
    }

    /** The day of the list. */
    LocalDate date() {
        return date;
    }

    /** Whether the list knows that top level, in other words whether such a host can exist. */
    boolean knowsTopLevelOf(String host) {
        return topLevels.contains(HostName.lastLabel(host));
    }

    /** The part of an ASCII host that somebody registered: one label more than its public suffix; empty for a suffix. */
    Optional<String> registrableDomain(String host) {
        String candidate = host;
        for (String suffix = host; !suffix.isEmpty(); suffix = HostName.parent(suffix)) {
            if (exceptions.contains(suffix)) {
                return Optional.of(suffix);
            }
            String parent = HostName.parent(suffix);
            if (exact.contains(suffix) || wildcards.contains(parent) || parent.isEmpty()) {
                return suffix.equals(host) ? Optional.empty() : Optional.of(candidate);
            }
            candidate = suffix;
        }
        return Optional.empty();
    }
}
