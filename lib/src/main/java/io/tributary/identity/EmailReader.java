package io.tributary.identity;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the address in an e-mail cell and decides whether it may be sent. Sent are plain mailboxes in the dot-atom form
 * of RFC 5321 at a host name that can exist. Everything that RFC 5322 allows beyond it (quoted local parts, comments,
 * address literals) is refused: no provider keys a person by it.
 *
 * <p>The canonical form is lower case; it drops plus-tags and dots only at hosts that are known to ignore them.
 */
final class EmailReader {
    private static final int LONGEST_ADDRESS = 254;
    private static final int LONGEST_LOCAL_PART = 64;
    private static final Pattern DOT_ATOM =
            Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]++(?:\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]++)*+");
    private static final Pattern BRACKETED = Pattern.compile("<([^<>\\s]++)>");
    private static final Pattern DIGEST = Pattern.compile(
            "(?i)(?:(?:md5|sha-?\\d+)[:=])?(?:[0-9a-f]{128}|[0-9a-f]{96}|[0-9a-f]{64}|[0-9a-f]{56}|[0-9a-f]{40}|[0-9a-f]{32})");
    private static final Set<String> ROLES = Set.of(
            "abuse",
            "accounting",
            "accounts",
            "admin",
            "billing",
            "contact",
            "enquiries",
            "hello",
            "helpdesk",
            "hostmaster",
            "hr",
            "info",
            "inquiries",
            "invoices",
            "jobs",
            "mail",
            "mailer-daemon",
            "marketing",
            "no-reply",
            "noreply",
            "office",
            "postmaster",
            "press",
            "reception",
            "sales",
            "service",
            "support",
            "team",
            "webmaster");

    private final MailHosts hosts;
    private final ReservedHosts reserved;

    EmailReader(MailHosts hosts, ReservedHosts reserved) {
        this.hosts = hosts;
        this.reserved = reserved;
    }

    /** Reads the text of a cell; of several addresses in one cell it takes the first. */
    Reading<EmailAddress> read(String text) {
        String written = unwrapped(text);
        if (DIGEST.matcher(written).matches()) {
            return Reading.refused("hashed");
        }
        int at = written.lastIndexOf('@');
        if (at < 1) {
            return Reading.refused("not_an_address");
        }
        String local = plainWidth(written.substring(0, at));
        Optional<String> fault = localFault(local).or(() -> hostFault(written.substring(at + 1)));
        if (fault.isPresent()) {
            return Reading.refused(fault.get());
        }
        Optional<String> host = HostName.ascii(written.substring(at + 1))
                .filter(name -> name.indexOf('.') > 0 && HostName.isRegistrable(name));
        if (host.isEmpty()) {
            return Reading.refused("not_a_host");
        }
        return judged(local, host.get());
    }

    private Reading<EmailAddress> judged(String local, String host) {
        Optional<String> refusal = reserved.refusal(host);
        if (refusal.isPresent()) {
            return Reading.refused(refusal.get());
        }
        String deliverable = local + "@" + host;
        if (deliverable.length() > LONGEST_ADDRESS) {
            return Reading.refused("too_long");
        }
        String mailbox = mailbox(local.toLowerCase(Locale.ROOT), host);
        String canonical = mailbox + "@" + hosts.canonical(host);
        return Reading.of(new EmailAddress(deliverable, canonical, host, ROLES.contains(mailbox)));
    }

    /** The address inside a display form, a mailto link, quotes or a list. */
    private static String unwrapped(String text) {
        Matcher bracketed = BRACKETED.matcher(text);
        String inner = bracketed.find() ? bracketed.group(1) : text;
        String address = withoutMailto(inner);
        int end = 0;
        while (end < address.length() && address.charAt(end) != ';' && address.charAt(end) != ',') {
            end++;
        }
        String first = address.substring(0, end).strip();
        boolean quoted = first.length() > 2
                && (first.charAt(0) == '\'' || first.charAt(0) == '"')
                && first.charAt(first.length() - 1) == first.charAt(0);
        return quoted ? first.substring(1, first.length() - 1).strip() : first;
    }

    private static String withoutMailto(String text) {
        if (!text.regionMatches(true, 0, "mailto:", 0, 7)) {
            return text;
        }
        int query = text.indexOf('?');
        String path = text.substring(7, query < 0 ? text.length() : query).strip();
        try {
            return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return path;
        }
    }

    /** Full-width letters and signs of East Asian keyboards in their ASCII form. */
    private static String plainWidth(String local) {
        return Normalizer.normalize(local, Normalizer.Form.NFKC);
    }

    private static Optional<String> localFault(String local) {
        if (local.indexOf('"') >= 0) {
            return Optional.of("quoted_local_part");
        }
        if (local.indexOf('(') >= 0 || local.indexOf(')') >= 0) {
            return Optional.of("comment");
        }
        if (local.chars().anyMatch(c -> c >= 0x80)) {
            return Optional.of("non_ascii_local_part");
        }
        if (!DOT_ATOM.matcher(local).matches()) {
            return Optional.of("not_an_address");
        }
        if (local.length() > LONGEST_LOCAL_PART) {
            return Optional.of("too_long");
        }
        return DIGEST.matcher(local).matches() ? Optional.of("hashed") : Optional.empty();
    }

    private static Optional<String> hostFault(String host) {
        if (host.indexOf('(') >= 0 || host.indexOf(')') >= 0) {
            return Optional.of("comment");
        }
        return host.startsWith("[") ? Optional.of("ip_literal") : Optional.empty();
    }

    private String mailbox(String local, String host) {
        String kept = local;
        if (hosts.ignoresPlusTag(host) && local.indexOf('+') > 0) {
            kept = local.substring(0, local.indexOf('+'));
        }
        if (hosts.ignoresDots(host)) {
            kept = kept.replace(".", "");
        }
        return DOT_ATOM.matcher(kept).matches() ? kept : local;
    }
}
