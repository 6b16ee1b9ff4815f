package io.tributary.identity;

import java.util.HashSet;
import java.util.Set;

/**
 * What is known of mail hosts: which say nothing of an employer, and which deliver several spellings of an address to
 * one mailbox. Immutable.
 */
final class MailHosts {
    private static final Set<String> GOOGLE = Set.of("gmail.com", "googlemail.com");

    /** Consumer hosts whose owners document that {@code +anything} before the {@code @} is ignored. */
    private static final Set<String> PLUS_TAGS = Set.of(
            "fastmail.com",
            "fastmail.fm",
            "icloud.com",
            "mac.com",
            "me.com",
            "msn.com",
            "pm.me",
            "proton.me",
            "protonmail.ch",
            "protonmail.com");

    /** Microsoft's consumer brands, under the national endings that the list of free-mail hosts names. */
    private static final Set<String> MICROSOFT = Set.of("hotmail", "live", "outlook");

    private final Set<String> free;
    private final Set<String> disposable;

    private MailHosts(Set<String> free, Set<String> disposable) {
        this.free = free;
        this.disposable = disposable;
    }

    /** The lists that this version ships. */
    static MailHosts shipped() {
        return new MailHosts(
                new HashSet<>(Resource.lines("free-mail-hosts.txt", "#")),
                new HashSet<>(Resource.lines("disposable-mail-hosts.txt", "#")));
    }

    /** Whether that ASCII host, or one above it down to its registrable domain, hands mailboxes to anybody. */
    boolean saysNothingOfAnEmployer(String host, String registrable) {
        for (String name = host; name.length() >= registrable.length(); name = HostName.parent(name)) {
            if (free.contains(name) || disposable.contains(name)) {
                return true;
            }
        }
        return false;
    }

    boolean ignoresPlusTag(String host) {
        return GOOGLE.contains(host) || PLUS_TAGS.contains(host) || isMicrosoft(host);
    }

    boolean ignoresDots(String host) {
        return GOOGLE.contains(host);
    }

    /** The name under which the mailboxes of that host are known: Google's two names are one. */
    String canonical(String host) {
        return GOOGLE.contains(host) ? "gmail.com" : host;
    }

    private boolean isMicrosoft(String host) {
        int dot = host.indexOf('.');
        return dot > 0 && MICROSOFT.contains(host.substring(0, dot)) && free.contains(host);
    }
}
