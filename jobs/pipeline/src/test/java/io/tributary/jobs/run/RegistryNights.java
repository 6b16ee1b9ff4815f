package io.tributary.jobs.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a pipeline must ask and write on each of several nights, worked out from full extracts and dates alone, one domain
 * at a time. For one thread.
 */
final class RegistryNights {
    private final Map<String, List<String>> rows = new TreeMap<>();
    private final Map<String, Instant> goneSince = new TreeMap<>();
    private final Map<String, Instant> askedAt = new TreeMap<>();

    /** What a provider knows of a domain, and how long the settings of the test believe it. */
    enum Knowledge {
        SURE(Duration.ofDays(90)),
        UNSURE(Duration.ofHours(71)),
        NONE(Duration.ofHours(47));

        private final Duration goodFor;

        Knowledge(Duration goodFor) {
            this.goodFor = goodFor;
        }

        /** One domain in forty is unknown, one is known without certainty. */
        static Knowledge of(String domain) {
            return switch (Math.floorMod(domain.hashCode(), 40)) {
                case 0 -> NONE;
                case 1 -> UNSURE;
                default -> SURE;
            };
        }
    }

    /** What became of a domain since the night before. */
    enum Change {
        ADDED,
        REMOVED,
        CHANGED,
        RETURNED
    }

    /**
     * One night.
     *
     * @param changes what the registry did
     * @param due the domains whose answers are over and that are still registered, sorted
     * @param asked the domains to ask: those never asked and those due, sorted
     * @param written the golden rows to write: {@code insert} or {@code update} by domain
     */
    record Night(Map<String, Change> changes, List<String> due, List<String> asked, Map<String, String> written) {
        long count(Change change) {
            return changes.values().stream().filter(change::equals).count();
        }
    }

    /**
     * The next night, after which {@link #rows()} and {@link #goneSince()} are as the golden table must be.
     *
     * @param tonight the cells of each registered domain
     */
    Night next(Instant asOf, Map<String, List<String>> tonight) {
        Map<String, Change> changes = changes(tonight);
        List<String> asked = tonight.keySet().stream()
                .filter(domain -> !askedAt.containsKey(domain) || isDue(domain, asOf))
                .sorted()
                .toList();
        List<String> due = asked.stream().filter(askedAt::containsKey).toList();
        Map<String, String> written = Stream.concat(changes.keySet().stream(), due.stream())
                .distinct()
                .collect(Collectors.toMap(
                        domain -> domain,
                        domain -> rows.containsKey(domain) ? "update" : "insert",
                        (one, other) -> one,
                        TreeMap::new));
        changes.forEach((domain, change) -> {
            switch (change) {
                case REMOVED -> goneSince.put(domain, asOf);
                case ADDED, CHANGED, RETURNED -> goneSince.remove(domain);
            }
        });
        asked.forEach(domain -> askedAt.put(domain, asOf));
        rows.putAll(tonight);
        return new Night(changes, due, asked, written);
    }

    private boolean isDue(String domain, Instant asOf) {
        return !asOf.isBefore(askedAt.get(domain).plus(Knowledge.of(domain).goodFor));
    }

    private Map<String, Change> changes(Map<String, List<String>> tonight) {
        Map<String, Change> changes = new TreeMap<>();
        tonight.forEach((domain, cells) -> {
            if (!rows.containsKey(domain)) {
                changes.put(domain, Change.ADDED);
            } else if (goneSince.containsKey(domain)) {
                changes.put(domain, Change.RETURNED);
            } else if (!rows.get(domain).equals(cells)) {
                changes.put(domain, Change.CHANGED);
            }
        });
        rows.keySet().stream()
                .filter(domain -> !tonight.containsKey(domain) && !goneSince.containsKey(domain))
                .forEach(domain -> changes.put(domain, Change.REMOVED));
        return changes;
    }

    /** The cells of every domain ever seen, as they were when it was seen last. */
    Map<String, List<String>> rows() {
        return Map.copyOf(rows);
    }

    /** The domains that are no longer registered, and the night that first saw it. */
    Map<String, Instant> goneSince() {
        return Map.copyOf(goneSince);
    }
}
