package io.tributary.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.model.EntityKind;
import io.tributary.model.KeyKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MailHostsTest {
    private static final Identify IDENTIFY = Identify.standard(new Options(false));

    @Test
    void noPublishedMailHostIsEverACompany() {
        Set<String> hosts = new TreeSet<>();
        Stream.of(
                        "mail-domains/free-email-domains.txt",
                        "mail-domains/disposable_email_blocklist.conf",
                        "mail-domains-hubspot/hubspot-free-email-domains.txt")
                .flatMap(file -> TestData.text(file).lines())
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .forEach(hosts::add);
        List<String> companies = new ArrayList<>();
        for (String host : hosts) {
            Identity site = IDENTIFY.of(new RawSubject(EntityKind.COMPANY, Map.of(RawField.WEBSITE, "www." + host)));
            Identity person = IDENTIFY.of(new RawSubject(EntityKind.PERSON, Map.of(RawField.EMAIL, "ada.l@" + host)));
            if (site.key().isPresent() || person.companyKey().isPresent()) {
                companies.add(host);
            }
        }
        assertTrue(hosts.size() > 12_000, "hosts: " + hosts.size());
        Figures.put("mail_hosts.published", hosts.size());
        Figures.put("mail_hosts.taken_for_a_company", companies.size());
        assertEquals(List.of(), companies);
    }

    @Test
    void theMailboxAtSuchAHostIsStillAKey() {
        Identity ada = IDENTIFY.of(new RawSubject(EntityKind.PERSON, Map.of(RawField.EMAIL, "ada@gmx.de")));
        assertEquals(KeyKind.EMAIL, ada.key().orElseThrow().kind());
    }

    @Test
    void aHostBesideAFreeOneIsNotFree() {
        MailHosts hosts = MailHosts.shipped();
        assertFalse(hosts.saysNothingOfAnEmployer("notgmail.com", "notgmail.com"));
        assertFalse(hosts.saysNothingOfAnEmployer("acme.uk.com", "acme.uk.com"));
        assertTrue(hosts.saysNothingOfAnEmployer("mx.gmail.com", "gmail.com"));
    }
}
