package io.tributary.sandbox.world;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** How a provider normalises what it is asked, so that spellings of one subject are one subject. */
public final class Inputs {
    private static final Pattern EMAIL = Pattern.compile("[^@\\s,;<>]+@[^@\\s.,;<>]+(\\.[^@\\s.,;<>]+)+");
    private static final Pattern DOMAIN = Pattern.compile("[\\p{L}\\p{N}_-]+(\\.[\\p{L}\\p{N}_-]+)+");
    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final Set<String> ROLES = Set.of(
            "abuse",
            "accounts",
            "admin",
            "billing",
            "contact",
            "enquiries",
            "hello",
            "help",
            "hr",
            "info",
            "jobs",
            "mail",
            "marketing",
            "noreply",
            "no-reply",
            "office",
            "postmaster",
            "privacy",
            "sales",
            "security",
            "support",
            "team",
            "webmaster");
    private static final Set<String> FREE_MAIL = Set.of(
            "aol.com",
            "gmail.com",
            "gmx.de",
            "gmx.net",
            "googlemail.com",
            "hotmail.com",
            "icloud.com",
            "live.com",
            "mail.com",
            "msn.com",
            "outlook.com",
            "proton.me",
            "protonmail.com",
            "web.de",
            "yahoo.com",
            "yahoo.co.uk",
            "ymail.com");

    private Inputs() {}

    public static String email(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }

    public static boolean isEmail(String normalised) {
        return EMAIL.matcher(normalised).matches();
    }

    /** Whether the address is a function's and not a person's, such as {@code info@}. */
    public static boolean isRole(String normalised) {
        return ROLES.contains(normalised.substring(0, Math.max(0, normalised.indexOf('@'))));
    }

    /** Whether the host hands out mailboxes to anyone. */
    public static boolean isFreeMail(String domain) {
        return FREE_MAIL.contains(domain);
    }

    public static String domain(String text) {
        String bare = text.strip().toLowerCase(Locale.ROOT);
        int scheme = bare.indexOf("://");
        bare = scheme < 0 ? bare : bare.substring(scheme + 3);
        int slash = bare.indexOf('/');
        bare = slash < 0 ? bare : bare.substring(0, slash);
        return bare.startsWith("www.") ? bare.substring(4) : bare;
    }

    public static boolean isDomain(String normalised) {
        return DOMAIN.matcher(normalised).matches();
    }

    /** {@code linkedin.com/in/slug} or {@code linkedin.com/company/slug}; a bare slug is a person's. */
    public static String linkedin(String text) {
        String bare = text.strip().toLowerCase(Locale.ROOT);
        int query = bare.indexOf('?');
        bare = query < 0 ? bare : bare.substring(0, query);
        bare = bare.endsWith("/") ? bare.substring(0, bare.length() - 1) : bare;
        int host = bare.indexOf("linkedin.com/");
        if (host >= 0) {
            return bare.substring(host);
        }
        return "linkedin.com/" + (bare.startsWith("in/") || bare.startsWith("company/") ? bare : "in/" + bare);
    }

    /** The part after the last slash. */
    public static String slug(String linkedin) {
        return linkedin.substring(linkedin.lastIndexOf('/') + 1);
    }

    /** A telephone number without what people write between its digits. */
    public static String phone(String text) {
        return text.replaceAll("[^0-9+]", "");
    }

    public static String words(String text) {
        return SPACES.matcher(text.strip().toLowerCase(Locale.ROOT)).replaceAll(" ");
    }
}
