package io.tributary.privacy;

import io.tributary.identity.Identify;
import io.tributary.identity.Identity;
import io.tributary.identity.Options;
import io.tributary.identity.RawField;
import io.tributary.identity.RawSubject;
import io.tributary.journal.EntryKeys;
import io.tributary.model.EntityKind;
import io.tributary.model.Identifiers.Input;
import io.tributary.model.KeyKind;
import io.tributary.model.LookupKey;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One way in which a person or a company is named to us, read by the same code as the cells of a CRM row. Immutable; the text
 * form shows the kind only.
 *
 * @param kind what sort of name it is
 * @param value in normal form
 */
public record Identifier(Kind kind, String value) implements Serializable {
    /** What people and companies can be named by. */
    public enum Kind {
        EMAIL,
        /** A registrable domain: its company, and whoever works there. */
        DOMAIN,
        /** {@code linkedin.com/in/slug}, or a company's page. */
        LINKEDIN,
        /** A line, whoever answers it. */
        PHONE,
        /** SHA-256 in hex, of a key ({@code email:ada@acme.com}) or of an address alone. */
        HASH,
        /** A CRM's record id, alone or as {@code crm/object/id}. */
        CRM_ID;

        /** As users write it: {@code crm-id}. */
        public String id() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private static final Pattern SHA_256 = Pattern.compile("[0-9a-fA-F]{64}");
    private static final Pattern LINE = Pattern.compile("\\+[0-9 ()./-]{5,}");
    private static final Identify READS = Identify.standard(new Options(true));

    public Identifier {
        Objects.requireNonNull(kind, "kind");
        if (value.isBlank()) {
            throw new IllegalArgumentException("an identifier needs a value");
        }
    }

    /**
     * Reads what somebody wrote.
     *
     * @throws UnusableIdentifierException if it names nobody
     */
    public static Identifier of(Kind kind, String written) {
        String text = written.strip();
        if (text.isEmpty()) {
            throw unusable(kind, "is empty");
        }
        return switch (kind) {
            case EMAIL -> new Identifier(kind, keyOf(kind, EntityKind.PERSON, RawField.EMAIL, text));
            case DOMAIN -> new Identifier(kind, keyOf(kind, EntityKind.COMPANY, RawField.WEBSITE, text));
            case LINKEDIN -> page(text);
            case PHONE -> new Identifier(kind, line(text));
            case HASH -> {
                if (!SHA_256.matcher(text).matches()) {
                    throw unusable(kind, "is not a SHA-256 in hex, 64 digits");
                }
                yield new Identifier(kind, text.toLowerCase(Locale.ROOT));
            }
            case CRM_ID -> new Identifier(kind, text);
        };
    }

    /**
     * Reads a line of a file: {@code kind:value}, or a value that shows by itself what it is.
     *
     * @throws UnusableIdentifierException if it names nobody
     */
    public static Identifier parse(String line) {
        String text = line.strip();
        int colon = text.indexOf(':');
        String word = colon < 0 ? "" : text.substring(0, colon).strip().toLowerCase(Locale.ROOT);
        Optional<Kind> said = Arrays.stream(Kind.values())
                .filter(kind -> kind.id().equals(word))
                .findFirst();
        return said.isPresent() ? of(said.get(), text.substring(colon + 1)) : of(shownBy(text), text);
    }

    private static Kind shownBy(String text) {
        if (SHA_256.matcher(text).matches()) {
            return Kind.HASH;
        }
        if (text.toLowerCase(Locale.ROOT).contains("linkedin.com/")) {
            return Kind.LINKEDIN;
        }
        if (text.indexOf('@') > 0) {
            return Kind.EMAIL;
        }
        if (LINE.matcher(text).matches()) {
            return Kind.PHONE;
        }
        if (text.indexOf('.') > 0 && text.indexOf(' ') < 0) {
            return Kind.DOMAIN;
        }
        throw new UnusableIdentifierException("it is no e-mail address, domain, LinkedIn page, number with its country"
                + " code, or hash; write its kind before it, such as crm-id:");
    }

    private static String keyOf(Kind kind, EntityKind entity, RawField field, String text) {
        Identity identity = READS.of(new RawSubject(entity, Map.of(field, text)));
        return identity.key()
                .map(LookupKey::value)
                .orElseThrow(() -> unusable(kind, "is not one that is ever asked about: " + reasons(identity)));
    }

    private static Identifier page(String text) {
        Identity person = READS.of(new RawSubject(EntityKind.PERSON, Map.of(RawField.LINKEDIN, text)));
        Identity company = READS.of(new RawSubject(EntityKind.COMPANY, Map.of(RawField.LINKEDIN, text)));
        return person.key()
                .or(company::key)
                .map(key -> new Identifier(
                        Kind.LINKEDIN,
                        (key.kind() == KeyKind.LINKEDIN_PERSON ? "linkedin.com/in/" : "linkedin.com/company/")
                                + key.value()))
                .orElseThrow(() -> unusable(Kind.LINKEDIN, "is no page of a person or a company: " + reasons(person)));
    }

    /** A line makes a key only with somebody's name. */
    private static String line(String text) {
        Identity identity = READS.of(
                new RawSubject(EntityKind.PERSON, Map.of(RawField.PHONE, text, RawField.FULL_NAME, "Ada Lovelace")));
        return identity.inputs()
                .value(Input.PHONE)
                .orElseThrow(() ->
                        unusable(Kind.PHONE, "can't be read; write it with its country code, as +493012345678 is"));
    }

    private static String reasons(Identity identity) {
        return String.join(", ", identity.reasons());
    }

    private static UnusableIdentifierException unusable(Kind kind, String why) {
        return new UnusableIdentifierException("the " + kind.id() + " " + why);
    }

    /** The key of the person or company; a phone's is that of the line, which no row has. Empty for hashes and record ids. */
    public Optional<LookupKey> key() {
        return switch (kind) {
            case EMAIL -> Optional.of(new LookupKey(KeyKind.EMAIL, value));
            case DOMAIN -> Optional.of(new LookupKey(KeyKind.DOMAIN, value));
            case LINKEDIN -> {
                KeyKind page =
                        value.startsWith("linkedin.com/in/") ? KeyKind.LINKEDIN_PERSON : KeyKind.LINKEDIN_COMPANY;
                yield Optional.of(new LookupKey(page, value.substring(value.indexOf('/', 13) + 1)));
            }
            case PHONE -> Optional.of(new LookupKey(KeyKind.PHONE, value));
            case HASH, CRM_ID -> Optional.empty();
        };
    }

    /** What {@code suppressions} lists it by: 64 hex digits. */
    public String hash() {
        return kind == Kind.HASH
                ? value
                : key().map(LookupKey::hash).orElseGet(() -> EntryKeys.hash(kind.id() + ":" + value));
    }

    @Override
    public String toString() {
        return kind.id();
    }
}
