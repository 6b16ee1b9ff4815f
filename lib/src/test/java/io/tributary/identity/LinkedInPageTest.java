package io.tributary.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tributary.model.KeyKind;
import io.tributary.model.LookupKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkedInPageTest {
    @Test
    void readsEveryPublishedSpelling() {
        List<String> wrong = new ArrayList<>();
        List<Map<String, String>> rows = TestData.csv("linkedin-urls/linkedin-urls.csv");
        for (Map<String, String> row : rows) {
            LinkedInPage page = LinkedInPage.read(row.get("input"));
            String read = page.kind().name().toLowerCase(Locale.ROOT) + " " + page.slug();
            if (!read.equals(row.get("expected_kind") + " " + row.get("expected_slug"))) {
                wrong.add(row.get("id") + ": " + read);
            }
        }
        assertEquals(30, rows.size());
        assertEquals(List.of(), wrong);
        Figures.put("linkedin_urls.read_as_expected", rows.size() - wrong.size());
    }

    @ParameterizedTest
    @CsvSource({
        "in/ada, linkedin.com/in/ada",
        "/company/acme, linkedin.com/company/acme",
        "linkedin.com/company-beta/1035/, linkedin.com/company/1035",
        "https://www.linkedin.com/m/in/ada, linkedin.com/in/ada",
        "https://de.linkedin.com/in/jos%C3%A9, linkedin.com/in/jos%C3%A9",
        "https://www.linkedin.com/school/mit, linkedin.com/school/mit",
        "https://www.linkedin.com/in/ACoAAAExample1234, ''",
        "https://linkedin.com@evil.com/in/ada, ''",
        "https://www.linkedin.com/in/a%ZZ, ''",
        "https://www.linkedin.com/in/a%20b, ''",
        "https://www.linkedin.com/pub/ada, ''",
        "https://www.linkedin.com/pub/dir/ada/lovelace, ''",
        "lnkd.in/abc, ''",
    })
    void sendsOneSpelling(String address, String sent) {
        assertEquals(sent, LinkedInPage.read(address).address());
    }

    @Test
    void aSchoolIsTheSameKeyAsTheCompanyPageOfItsName() {
        assertEquals(
                Optional.of(new LookupKey(KeyKind.LINKEDIN_COMPANY, "mit")),
                LinkedInPage.read("linkedin.com/school/MIT").key());
    }

    @Property
    void readsItsOwnAddressTheSame(@ForAll String slug) {
        LinkedInPage page = LinkedInPage.read("https://www.linkedin.com/in/" + slug);
        if (!page.address().isEmpty()) {
            assertEquals(page, LinkedInPage.read(page.address()));
        }
    }
}
