package io.tributary.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tributary.model.EntityKind;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ListableTest {
    private static List<String> texts(boolean employer, List<Listable> all) {
        return all.stream()
                .filter(each -> each.employer() == employer)
                .map(Listable::text)
                .sorted()
                .collect(Collectors.toList());
    }

    @Test
    void aPersonIsListedByKeysAndByWhatWouldBeSentAndByTheEmployersHosts() {
        List<Listable> ada = Listable.of(
                EntityKind.PERSON,
                "linkedin_person:ada",
                List.of("phone:+4930123|ada", "email:ada@mail.acme.co.uk"),
                Map.of(
                        "email", "Ada@Acme.com",
                        "phone", "+4930123",
                        "linkedin", "https://www.linkedin.com/in/Ada-L/?x=1",
                        "domain", "ACME.de"));
        assertEquals(
                List.of(
                        "ada@acme.com",
                        "ada@mail.acme.co.uk",
                        "email:ada@acme.com",
                        "email:ada@mail.acme.co.uk",
                        "linkedin_person:ada",
                        "linkedin_person:ada-l",
                        "phone:+4930123",
                        "phone:+4930123|ada"),
                texts(false, ada));
        assertEquals(
                List.of(
                        "acme.co.uk",
                        "acme.com",
                        "acme.de",
                        "co.uk",
                        "com",
                        "domain:acme.co.uk",
                        "domain:acme.com",
                        "domain:acme.de",
                        "domain:co.uk",
                        "domain:com",
                        "domain:mail.acme.co.uk",
                        "domain:uk",
                        "mail.acme.co.uk",
                        "uk"),
                texts(true, ada));
    }

    @Test
    void aCompanyIsListedByItsDomainAndHasNoEmployer() {
        List<Listable> acme = Listable.of(
                EntityKind.COMPANY,
                "company_name:acme|us",
                List.of(),
                Map.of("domain", "Acme.com", "linkedin", "linkedin.com/company/acme-inc"));
        assertEquals(
                List.of("acme.com", "company_name:acme|us", "domain:acme.com", "linkedin_company:acme-inc"),
                texts(false, acme));
        assertEquals(List.of(), texts(true, acme));
    }

    @Test
    void aPageThatIsNoneListsNobody() {
        List<Listable> bob =
                Listable.of(EntityKind.PERSON, "email:bob@acme.com", List.of(), Map.of("linkedin", "ask me"));
        assertEquals(List.of("bob@acme.com", "email:bob@acme.com"), texts(false, bob));
    }
}
