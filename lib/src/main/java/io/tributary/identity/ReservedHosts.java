package io.tributary.identity;

import java.util.Optional;
import java.util.Set;

/** Hosts that nobody outside can know: reserved for tests (RFC 2606, RFC 6761) or for private networks. */
final class ReservedHosts {
    private static final Set<String> TEST_TOP_LEVELS = Set.of("test", "example", "invalid", "localhost");
    private static final Set<String> TEST_DOMAINS = Set.of("example.com", "example.net", "example.org");
    private static final Set<String> PRIVATE_TOP_LEVELS = Set.of(
            "local", "internal", "onion", "arpa", "lan", "home", "corp", "intranet", "localdomain", "private", "alt");

    private final boolean allowTestHosts;
    private final PublicSuffixes suffixes;

    ReservedHosts(Options options, PublicSuffixes suffixes) {
        this.allowTestHosts = options.allowTestHosts();
        this.suffixes = suffixes;
    }

    /** The code of the reason why a lookup by that ASCII host would be wasted, if there is one. */
    Optional<String> refusal(String host) {
        String top = HostName.lastLabel(host);
        if (isTest(host, top)) {
            return allowTestHosts ? Optional.empty() : Optional.of("reserved_test_host");
        }
        if (PRIVATE_TOP_LEVELS.contains(top)) {
            return Optional.of("private_host");
        }
        return suffixes.knowsTopLevelOf(host) ? Optional.empty() : Optional.of("unknown_top_level");
    }

    private static boolean isTest(String host, String top) {
        return TEST_TOP_LEVELS.contains(top)
                || TEST_DOMAINS.stream().anyMatch(domain -> host.equals(domain) || host.endsWith("." + domain));
    }
}
