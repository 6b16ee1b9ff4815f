package io.tributary.identity;

import static io.tributary.identity.RawField.COMPANY_NAME;
import static io.tributary.identity.RawField.COUNTRY;
import static io.tributary.identity.RawField.EMAIL;
import static io.tributary.identity.RawField.LINKEDIN;
import static io.tributary.identity.RawField.PHONE;
import static io.tributary.identity.RawField.SECOND_EMAIL;
import static io.tributary.identity.RawField.SECOND_PHONE;
import static io.tributary.identity.RawField.WEBSITE;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What reads the cells that rows of both entities have. Immutable. */
final class Readers {
    private final PublicSuffixes suffixes;
    private final Countries countries;
    private final LegalForms legalForms;
    private final EmailReader emails;
    private final CompanyDomains domains;

    Readers(Options options, Shipped shipped) {
        ReservedHosts reserved = new ReservedHosts(options, shipped.suffixes());
        this.suffixes = shipped.suffixes();
        this.countries = shipped.countries();
        this.legalForms = shipped.legalForms();
        this.emails = new EmailReader(shipped.mailHosts(), reserved);
        this.domains = new CompanyDomains(shipped.suffixes(), shipped.mailHosts(), reserved);
    }

    /** The lists behind the readers. */
    record Shipped(PublicSuffixes suffixes, MailHosts mailHosts, Countries countries, LegalForms legalForms) {
        static Shipped load() {
            return new Shipped(
                    PublicSuffixes.shipped(), MailHosts.shipped(), Countries.shipped(), LegalForms.shipped());
        }
    }

    LocalDate suffixListDate() {
        return suffixes.date();
    }

    List<EmailAddress> emails(Row row) {
        List<EmailAddress> found = new ArrayList<>();
        row.read(EMAIL, emails::read).ifPresent(found::add);
        row.read(SECOND_EMAIL, emails::read).ifPresent(found::add);
        return found;
    }

    /** The LinkedIn page of the row; one that stands in the website column counts where the LinkedIn column is empty. */
    Optional<LinkedInPage> linkedIn(Row row) {
        return row.read(LINKEDIN, Readers::publicPage)
                .or(() -> row.text(WEBSITE).map(Readers::publicPage).flatMap(Reading::value));
    }

    private static Reading<LinkedInPage> publicPage(String text) {
        LinkedInPage page = LinkedInPage.read(text);
        return switch (page.kind()) {
            case PERSON, PERSON_LEGACY, COMPANY, SCHOOL, SHOWCASE -> Reading.of(page);
            case OTHER -> Reading.refused("not_a_public_page");
            case INVALID -> Reading.refused("not_linkedin");
        };
    }

    /** The domain of the company: what the website column says, else the first mail host that belongs to a company. */
    Optional<String> domain(Row row, List<EmailAddress> addresses) {
        return row.read(WEBSITE, domains::ofWebsite).or(() -> addresses.stream()
                .map(address -> domains.ofHost(address.host()))
                .flatMap(reading -> reading.value().stream())
                .findFirst());
    }

    Optional<CompanyName> companyName(Row row) {
        return row.read(COMPANY_NAME, text -> CompanyName.read(text, legalForms));
    }

    Optional<String> country(Row row) {
        return row.read(
                COUNTRY, text -> countries.alpha2(text).map(Reading::of).orElseGet(() -> Reading.refused("unknown")));
    }

    List<PhoneLine> phones(Row row, Optional<String> country) {
        List<PhoneLine> found = new ArrayList<>();
        row.read(PHONE, text -> PhoneLine.read(text, country)).ifPresent(found::add);
        row.read(SECOND_PHONE, text -> PhoneLine.read(text, country)).ifPresent(found::add);
        return found;
    }
}
