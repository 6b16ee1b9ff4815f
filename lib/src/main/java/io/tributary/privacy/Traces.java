package io.tributary.privacy;

import io.tributary.journal.Forgotten;
import io.tributary.model.KeyKind;
import io.tributary.model.LookupKey;
import java.io.Serializable;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * By what people are found who are to be forgotten. Lines of telephones are no names: colleagues share them. Immutable; ships
 * to executors; the text form names nobody.
 *
 * @param keys their keys, {@code kind:value}
 * @param names their addresses and pages as texts have them, in lower case
 */
public record Traces(Set<String> keys, Set<String> names) implements Forgotten, Serializable {
    public Traces {
        keys = Set.copyOf(keys);
        names = Set.copyOf(names);
    }

    /** The traces of people who have these keys. */
    public static Traces of(Collection<String> keys) {
        return new Traces(
                Set.copyOf(keys),
                keys.stream()
                        .map(LookupKey::parse)
                        .flatMap(key -> name(key).stream())
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    /** A further spelling of an address, such as one with a tag that its key leaves out. */
    public Traces alsoNamed(Collection<String> spellings) {
        Set<String> more = new TreeSet<>(names);
        spellings.forEach(text -> more.add(text.strip().toLowerCase(Locale.ROOT)));
        more.remove("");
        return new Traces(keys, more);
    }

    private static Optional<String> name(LookupKey key) {
        return switch (key.kind()) {
            case EMAIL -> Optional.of(key.value());
            case LINKEDIN_PERSON -> Optional.of("linkedin.com/in/" + key.value());
            case NAME_COMPANY, PHONE, DOMAIN, LINKEDIN_COMPANY, COMPANY_NAME -> Optional.empty();
        };
    }

    /** Whether rows with that key are sure to be about one person, who has no namesake under it. */
    public static boolean isSure(String key) {
        KeyKind kind = LookupKey.parse(key).kind();
        return kind == KeyKind.EMAIL || kind == KeyKind.LINKEDIN_PERSON || kind == KeyKind.PHONE;
    }

    @Override
    public boolean isKey(String lookupKey) {
        return keys.contains(lookupKey);
    }

    /** Also if it is written as JSON writes it, and in capitals; not as a part of another address or page. */
    @Override
    public boolean isNamedIn(String text) {
        if (text == null || text.isEmpty() || names.isEmpty()) {
            return false;
        }
        String plain = text.toLowerCase(Locale.ROOT)
                .replace("\\/", "/")
                .replace("\\u0040", "@")
                .replace("%40", "@");
        return names.stream().anyMatch(name -> isIn(name, plain));
    }

    private static boolean isIn(String name, String text) {
        for (int at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
            if (!goesOnBefore(text, at, name) && !goesOnAfter(text, at + name.length())) {
                return true;
            }
        }
        return false;
    }

    /** Before an address may stand no letter of another; before a page any host, such as www. */
    private static boolean goesOnBefore(String text, int at, String name) {
        return name.indexOf('@') > 0
                && at > 0
                && (isLetter(text.charAt(at - 1)) || "._+".indexOf(text.charAt(at - 1)) >= 0);
    }

    private static boolean goesOnAfter(String text, int at) {
        if (at >= text.length()) {
            return false;
        }
        boolean dot = text.charAt(at) == '.';
        return isLetter(text.charAt(at)) || dot && at + 1 < text.length() && isLetter(text.charAt(at + 1));
    }

    private static boolean isLetter(char c) {
        return Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '%';
    }

    @Override
    public String toString() {
        return keys.size() + " keys";
    }
}
