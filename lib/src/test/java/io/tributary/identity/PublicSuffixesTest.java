package io.tributary.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PublicSuffixesTest {
    private static final Pattern CASE =
            Pattern.compile("(?m)^checkPublicSuffix\\((?:null|'([^']*)'), (?:null|'([^']*)')\\);");

    private final PublicSuffixes suffixes = PublicSuffixes.shipped();

    @Test
    void passesEveryPublishedCase() {
        List<MatchResult> cases = CASE.matcher(TestData.text("public-suffix/test_psl.txt"))
                .results()
                .toList();
        assertEquals(78, cases.size());
        List<String> failed = new ArrayList<>();
        for (MatchResult published : cases) {
            String input = published.group(1) == null ? "" : published.group(1);
            Optional<String> expected = Optional.ofNullable(published.group(2)).flatMap(HostName::ascii);
            if (!HostName.ascii(input).flatMap(suffixes::registrableDomain).equals(expected)) {
                failed.add(published.group());
            }
        }
        assertEquals(List.of(), failed);
    }

    @Test
    void tellsItsDate() {
        assertEquals(LocalDate.of(2026, 8, 19), suffixes.date());
        assertEquals(suffixes.date(), Identify.standard(new Options(false)).suffixListDate());
    }

    @Test
    void customersOfAHostingCompanyAreNotOneDomain() {
        assertEquals(Optional.of("acme.github.io"), suffixes.registrableDomain("www.acme.github.io"));
        assertEquals(Optional.of("acme.co.uk"), suffixes.registrableDomain("mail.acme.co.uk"));
    }

    @Test
    void knowsWhichTopLevelsExist() {
        assertTrue(suffixes.knowsTopLevelOf("acme.museum"));
        assertFalse(suffixes.knowsTopLevelOf("gmail.con"));
    }

    @Test
    void theDomainOfAHostIsItsOwnDomain() {
        List<String> hosts =
                TestData.text("domain-lists/opendns-random-domains.txt").lines().toList();
        int found = 0;
        for (String host : hosts) {
            Optional<String> domain = HostName.ofUrl(host).flatMap(suffixes::registrableDomain);
            if (domain.isPresent()) {
                found++;
                assertTrue(("." + host.toLowerCase(java.util.Locale.ROOT)).endsWith("." + domain.get()), host);
                assertEquals(domain, suffixes.registrableDomain(domain.get()), host);
            }
        }
        assertTrue(found > 9_900, "hosts with a registrable domain: " + found);
    }
}
