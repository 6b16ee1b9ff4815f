package io.tributary.identity;

import io.tributary.model.Identifiers;
import io.tributary.model.Identifiers.Input;
import io.tributary.model.KeyKind;
import io.tributary.model.LookupKey;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides by which keys a CRM row is known and what may be sent out about it. Two rows that get equal keys are taken for
 * the same subject and are paid for once, so a key is made only where equality is sure; a missed one costs a second
 * call, a wrong one spoils two records.
 *
 * <p>Keys, best first. Person: {@code email} (canonical mailbox), {@code linkedin_person} (slug), {@code name_company}
 * ({@code ada lovelace|acme.com}, or {@code |acme corp} where the domain is unknown), {@code phone}
 * ({@code +493012345678|ada lovelace}: a line alone may ring on many desks). Company: {@code domain} (registrable),
 * {@code linkedin_company} (slug), {@code company_name} (folded, see the rules for legal forms there).
 *
 * <p>No text makes it throw. Thread-safe. Serializable: only the options travel, and the lists are loaded once per JVM.
 */
public final class Identify implements Serializable {
    private final Options options;
    private final transient Readers readers;

    private Identify(Options options) {
        this.options = options;
        this.readers = new Readers(options, OncePerJvm.SHIPPED);
    }

    /** Loaded when the first row needs it, and never changed. */
    private static final class OncePerJvm {
        static final Readers.Shipped SHIPPED = Readers.Shipped.load();
    }

    /** Reads with the lists that this version ships. */
    public static Identify standard(Options options) {
        return new Identify(options);
    }

    /** The day of the public suffix list by which registrable domains are told. */
    public LocalDate suffixListDate() {
        return readers.suffixListDate();
    }

    /** The keys, inputs and refusals of one row. */
    public Identity of(RawSubject subject) {
        Row row = new Row(subject);
        return switch (subject.entity()) {
            case PERSON -> person(row);
            case COMPANY -> company(row);
        };
    }

    /** The employer that a row about a person names; the host of an own mailbox counts where there is no site. */
    public Employer employer(RawSubject person) {
        Row row = new Row(person);
        return new Employer(
                readers.domain(row, readers.emails(row)),
                readers.companyName(row).map(CompanyName::folded));
    }

    private Identity person(Row row) {
        List<EmailAddress> addresses = readers.emails(row);
        List<EmailAddress> own =
                addresses.stream().filter(address -> !address.sharedRole()).toList();
        if (own.size() < addresses.size()) {
            row.noteRow("email: shared_role");
        }
        Optional<LinkedInPage> page = readers.linkedIn(row);
        Optional<LinkedInPage> profile = page.filter(found -> isKeyOf(found, KeyKind.LINKEDIN_PERSON));
        Optional<LinkedInPage> employerPage = page.filter(found -> isKeyOf(found, KeyKind.LINKEDIN_COMPANY));
        Optional<String> domain = readers.domain(row, addresses);
        Optional<CompanyName> company = readers.companyName(row);
        Optional<String> country = readers.country(row);
        List<PhoneLine> phones = readers.phones(row, country);
        Optional<PersonName> name = name(row);

        Set<LookupKey> keys = new LinkedHashSet<>();
        own.forEach(address -> keys.add(new LookupKey(KeyKind.EMAIL, address.canonical())));
        profile.flatMap(LinkedInPage::key).ifPresent(keys::add);
        name.ifPresent(known -> {
            domain.ifPresent(employer -> keys.add(nameAt(known, employer)));
            company.ifPresent(employer -> keys.add(nameAt(known, employer.folded())));
            phones.forEach(phone -> keys.add(new LookupKey(KeyKind.PHONE, phone.line() + "|" + known.folded())));
        });
        if (name.isEmpty() && !phones.isEmpty()) {
            row.note(RawField.PHONE, "needs_name");
        }

        Map<Input, String> inputs = common(row, domain, company, country, phones);
        own.stream().findFirst().ifPresent(address -> inputs.put(Input.EMAIL, address.deliverable()));
        profile.ifPresent(found -> inputs.put(Input.LINKEDIN, found.address()));
        putNames(row, inputs);
        return decided(
                row,
                keys,
                inputs,
                companyKeys(domain, employerPage, company).stream().findFirst());
    }

    private Identity company(Row row) {
        List<EmailAddress> addresses = readers.emails(row);
        Optional<LinkedInPage> page = readers.linkedIn(row);
        Optional<LinkedInPage> own = page.filter(found -> isKeyOf(found, KeyKind.LINKEDIN_COMPANY));
        if (page.isPresent() && own.isEmpty()) {
            row.note(RawField.LINKEDIN, "page_of_a_person");
        }
        Optional<String> domain = readers.domain(row, addresses);
        Optional<CompanyName> name = readers.companyName(row);
        Optional<String> country = readers.country(row);

        Map<Input, String> inputs = common(row, domain, name, country, readers.phones(row, country));
        own.ifPresent(found -> inputs.put(Input.LINKEDIN, found.address()));
        return decided(row, companyKeys(domain, own, name), inputs, Optional.empty());
    }

    private static Identity decided(
            Row row, Set<LookupKey> keys, Map<Input, String> inputs, Optional<LookupKey> companyKey) {
        List<LookupKey> best = new ArrayList<>(keys);
        if (best.isEmpty()) {
            row.noteRow("no_identifier");
        }
        return new Identity(
                best.stream().findFirst(),
                best.isEmpty() ? best : best.subList(1, best.size()),
                new Identifiers(inputs),
                companyKey,
                new ArrayList<>(row.reasons()));
    }

    private static Set<LookupKey> companyKeys(
            Optional<String> domain, Optional<LinkedInPage> page, Optional<CompanyName> name) {
        Set<LookupKey> keys = new LinkedHashSet<>();
        domain.ifPresent(known -> keys.add(new LookupKey(KeyKind.DOMAIN, known)));
        page.flatMap(LinkedInPage::key).ifPresent(keys::add);
        name.ifPresent(known -> keys.add(new LookupKey(KeyKind.COMPANY_NAME, known.folded())));
        return keys;
    }

    private static LookupKey nameAt(PersonName name, String employer) {
        return new LookupKey(KeyKind.NAME_COMPANY, name.folded() + "|" + employer);
    }

    private static boolean isKeyOf(LinkedInPage page, KeyKind kind) {
        return page.key().filter(key -> key.kind() == kind).isPresent();
    }

    private static Optional<PersonName> name(Row row) {
        Reading<PersonName> reading = PersonName.read(
                row.text(RawField.FIRST_NAME), row.text(RawField.LAST_NAME), row.text(RawField.FULL_NAME));
        reading.refusal().ifPresent(code -> row.noteRow("name: " + code));
        return reading.value();
    }

    private static void putNames(Row row, Map<Input, String> inputs) {
        Optional<String> first = row.text(RawField.FIRST_NAME);
        Optional<String> last = row.text(RawField.LAST_NAME);
        first.ifPresent(text -> inputs.put(Input.FIRST_NAME, text));
        last.ifPresent(text -> inputs.put(Input.LAST_NAME, text));
        row.text(RawField.FULL_NAME)
                .or(() -> first.flatMap(given -> last.map(family -> given + " " + family)))
                .ifPresent(text -> inputs.put(Input.FULL_NAME, text));
    }

    private static Map<Input, String> common(
            Row row,
            Optional<String> domain,
            Optional<CompanyName> company,
            Optional<String> country,
            List<PhoneLine> phones) {
        Map<Input, String> inputs = new EnumMap<>(Input.class);
        domain.ifPresent(known -> inputs.put(Input.DOMAIN, known));
        company.ifPresent(known -> inputs.put(Input.COMPANY_NAME, known.display()));
        country.ifPresent(known -> inputs.put(Input.COUNTRY, known));
        phones.stream().findFirst().ifPresent(phone -> inputs.put(Input.PHONE, phone.e164()));
        row.text(RawField.CITY).ifPresent(text -> inputs.put(Input.CITY, text));
        row.text(RawField.STATE).ifPresent(text -> inputs.put(Input.STATE, text));
        return inputs;
    }

    private Object readResolve() {
        return standard(options);
    }
}
