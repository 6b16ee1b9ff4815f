package io.tributary.identity;

import static io.tributary.identity.RawField.COMPANY_NAME;
import static io.tributary.identity.RawField.COUNTRY;
import static io.tributary.identity.RawField.EMAIL;
import static io.tributary.identity.RawField.FIRST_NAME;
import static io.tributary.identity.RawField.FULL_NAME;
import static io.tributary.identity.RawField.LAST_NAME;
import static io.tributary.identity.RawField.LINKEDIN;
import static io.tributary.identity.RawField.PHONE;
import static io.tributary.identity.RawField.SECOND_EMAIL;
import static io.tributary.identity.RawField.SECOND_PHONE;
import static io.tributary.identity.RawField.WEBSITE;
import static io.tributary.model.EntityKind.COMPANY;
import static io.tributary.model.EntityKind.PERSON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.model.EntityKind;
import io.tributary.model.Identifiers;
import io.tributary.model.Identifiers.Input;
import io.tributary.model.LookupKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifyTest {
    private static final Identify STRICT = Identify.standard(new Options(false));
    private static final Identify WITH_TEST_HOSTS = Identify.standard(new Options(true));

    private static Identity person(Map<RawField, String> values) {
        return STRICT.of(new RawSubject(PERSON, values));
    }

    private static Identity company(Map<RawField, String> values) {
        return STRICT.of(new RawSubject(COMPANY, values));
    }

    private static List<String> texts(Identity identity) {
        return java.util.stream.Stream.concat(identity.key().stream(), identity.aliases().stream())
                .map(LookupKey::text)
                .toList();
    }

    private static Optional<String> companyKey(Identity identity) {
        return identity.companyKey().map(LookupKey::text);
    }

    @Test
    void aPersonHasOneBestKeyAndEveryOtherAsAlias() {
        Identity ada = person(Map.of(
                EMAIL, "Ada <Ada@ACME.com>",
                SECOND_EMAIL, "a.da+x@gmail.com",
                LINKEDIN, "https://uk.linkedin.com/in/Ada-L?trk=x",
                FIRST_NAME, "Ada",
                LAST_NAME, "Lovelace",
                COMPANY_NAME, "Acme Tools Ltd.",
                PHONE, "030 1234567 ext. 9",
                COUNTRY, "Germany"));
        assertEquals(
                List.of(
                        "email:ada@acme.com",
                        "email:ada@gmail.com",
                        "linkedin_person:ada-l",
                        "name_company:ada lovelace|acme.com",
                        "name_company:ada lovelace|acme tools",
                        "phone:+49301234567;ext=9|ada lovelace"),
                texts(ada));
        assertEquals(Optional.of("domain:acme.com"), companyKey(ada));
        assertEquals(List.of(), ada.reasons());
        assertEquals(
                Map.of(
                        Input.EMAIL, "Ada@acme.com",
                        Input.LINKEDIN, "linkedin.com/in/ada-l",
                        Input.FIRST_NAME, "Ada",
                        Input.LAST_NAME, "Lovelace",
                        Input.FULL_NAME, "Ada Lovelace",
                        Input.COMPANY_NAME, "Acme Tools Ltd.",
                        Input.DOMAIN, "acme.com",
                        Input.PHONE, "+49301234567",
                        Input.COUNTRY, "DE"),
                ada.inputs().values());
    }

    @Test
    void aCompanyHasOneBestKeyAndEveryOtherAsAlias() {
        Identity acme = company(Map.of(
                WEBSITE, "https://www.Acme.co.uk/about",
                LINKEDIN, "linkedin.com/company/Acme/",
                COMPANY_NAME, "Acme Tools Ltd"));
        assertEquals(List.of("domain:acme.co.uk", "linkedin_company:acme", "company_name:acme tools"), texts(acme));
        assertEquals(Optional.empty(), acme.companyKey());
        assertEquals(Optional.of("linkedin.com/company/acme"), acme.inputs().value(Input.LINKEDIN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada@gmail.com", "ada@yahoo.co.jp", "ada@mailinator.com", "ada@facebook.com"})
    void aFreeMailboxIsAKeyButNamesNoEmployer(String email) {
        Identity ada = person(Map.of(EMAIL, email));
        assertEquals(List.of("email:" + email), texts(ada));
        assertEquals(Optional.empty(), ada.companyKey());
        assertFalse(ada.inputs().has(Input.DOMAIN));
    }

    @Test
    void theEmployerComesFromTheSecondAddressWhereTheFirstIsFree() {
        assertEquals(
                Optional.of("domain:acme.com"),
                companyKey(person(Map.of(EMAIL, "ada@gmail.com", SECOND_EMAIL, "ada@mail.acme.com"))));
    }

    @ParameterizedTest
    @CsvSource({
        "https://www.linkedin.com/company/acme, website: page_of_others",
        "facebook.com/acme, website: page_of_others",
        "https://linktr.ee/acme, website: page_of_others",
        "https://sites.google.com/view/acme, website: page_of_others",
        "gmail.com, website: free_mail_host",
        "co.uk, website: public_suffix",
        "http://10.0.0.1, website: not_a_host",
        "www.example.com, website: reserved_test_host",
        "acme.example, website: reserved_test_host",
        "intranet.local, website: private_host",
        "acme.cmo, website: unknown_top_level",
    })
    void aWebsiteThatIsNotTheCompanysIsNoDomain(String website, String reason) {
        Identity acme = company(Map.of(WEBSITE, website, COMPANY_NAME, "Acme Tools"));
        assertFalse(acme.inputs().has(Input.DOMAIN));
        assertEquals(List.of(reason), acme.reasons());
    }

    @Test
    void aLinkedInPageInTheWebsiteColumnIsStillAKey() {
        assertEquals(
                List.of("linkedin_company:acme"), texts(company(Map.of(WEBSITE, "www.linkedin.com/company/acme"))));
    }

    @Test
    void testHostsAreOrdinaryHostsWhereTheyAreAllowed() {
        RawSubject ada = new RawSubject(PERSON, Map.of(EMAIL, "ada@mail.acme.example"));
        assertEquals(
                List.of("email: reserved_test_host", "no_identifier"),
                STRICT.of(ada).reasons());
        Identity allowed = WITH_TEST_HOSTS.of(ada);
        assertEquals(List.of("email:ada@mail.acme.example"), texts(allowed));
        assertEquals(Optional.of("domain:acme.example"), companyKey(allowed));
    }

    @Test
    void aRecordIdIsNeverACompany() {
        Identity lead = person(Map.of(FULL_NAME, "William Lee", COMPANY_NAME, "001Ec00000GINb1IAH"));
        assertEquals(List.of("company: crm_id", "no_identifier"), lead.reasons());
        assertFalse(lead.inputs().has(Input.COMPANY_NAME));
        assertEquals(Optional.empty(), lead.companyKey());
    }

    @Test
    void aSharedMailboxIsNoPersonButNamesTheEmployer() {
        Identity ada = person(Map.of(EMAIL, "info@acme.com", FULL_NAME, "Ada Lovelace"));
        assertEquals(List.of("name_company:ada lovelace|acme.com"), texts(ada));
        assertEquals(List.of("email: shared_role"), ada.reasons());
        assertFalse(ada.inputs().has(Input.EMAIL));
    }

    @Test
    void aPhoneAloneIsNobody() {
        Identity nobody = person(Map.of(PHONE, "+49 30 1234567"));
        assertEquals(List.of("phone: needs_name", "no_identifier"), nobody.reasons());
        assertEquals(
                List.of("phone:+49301234567|ada lovelace"),
                texts(person(Map.of(SECOND_PHONE, "+49 30 1234567", FULL_NAME, "Ada Lovelace"))));
    }

    @Test
    void peopleWhoShareALineDoNotShareAKey() {
        Identity ada = person(Map.of(PHONE, "+49 30 1234567", FULL_NAME, "Ada Lovelace"));
        Identity bob = person(Map.of(PHONE, "+49 30 1234567", FULL_NAME, "Bob Lovelace"));
        assertTrue(ada.key().isPresent());
        assertFalse(ada.key().equals(bob.key()));
    }

    @Test
    void anEmployersPageIsNotThePersonsProfile() {
        Identity ada = person(Map.of(EMAIL, "ada@gmail.com", LINKEDIN, "linkedin.com/company/acme"));
        assertEquals(List.of("email:ada@gmail.com"), texts(ada));
        assertEquals(Optional.of("linkedin_company:acme"), companyKey(ada));
        assertEquals(
                List.of("linkedin: page_of_a_person", "no_identifier"),
                company(Map.of(LINKEDIN, "linkedin.com/in/ada")).reasons());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "(blank)",
                "(withheld)",
                "n/a",
                "N/A",
                "none",
                "NULL",
                "-",
                "--",
                "unknown",
                "test",
                "\u200b"
            })
    void aPlaceholderIsNoValue(String text) {
        Map<RawField, String> cells = new HashMap<>();
        for (RawField field : RawField.values()) {
            cells.put(field, text);
        }
        for (EntityKind entity : EntityKind.values()) {
            Identity nothing = STRICT.of(new RawSubject(entity, cells));
            assertEquals(List.of("no_identifier"), nothing.reasons());
            assertTrue(nothing.inputs().values().isEmpty());
        }
    }

    @Test
    void aCellThatIsTooLongIsNotRead() {
        assertEquals(
                List.of("email: too_long", "no_identifier"),
                person(Map.of(EMAIL, "a".repeat(2_000) + "@acme.com")).reasons());
    }

    @Test
    void equalPeopleInDifferentSpellingsAreOneKey() {
        Identity one = person(Map.of(FULL_NAME, "Lovelace, Ada", WEBSITE, "HTTP://WWW.ACME.COM/"));
        Identity other = person(Map.of(FIRST_NAME, "Ada", LAST_NAME, "LOVELACE", WEBSITE, "acme.com"));
        assertEquals(one.key(), other.key());
    }

    @Test
    void travelsAsItsOptionsOnly() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(WITH_TEST_HOSTS);
        }
        assertTrue(bytes.size() < 1_000, "bytes: " + bytes.size());
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            Identify arrived = (Identify) in.readObject();
            RawSubject ada = new RawSubject(PERSON, Map.of(EMAIL, "ada@acme.example"));
            assertEquals(WITH_TEST_HOSTS.of(ada), arrived.of(ada));
        }
    }

    @Test
    void showsNoValueInItsTextForm() {
        RawSubject ada = new RawSubject(
                PERSON, Map.of(EMAIL, "ada@acme.com", FULL_NAME, "Ada Lovelace", PHONE, "+49 30 1234567"));
        String shown = ada + " " + STRICT.of(ada);
        assertFalse(shown.contains("ada@") || shown.contains("Lovelace") || shown.contains("4930"), shown);
    }

    @Provide
    static Arbitrary<Map<RawField, String>> rows() {
        Arbitrary<String> pieces = Arbitraries.of(
                "ada@acme.com",
                "<",
                ">",
                "@",
                ".",
                "/",
                "://",
                "%",
                "%ZZ",
                "linkedin.com/in/",
                "in/",
                "+49",
                "(",
                "\"",
                "[",
                "xn--",
                "gmbh",
                "&",
                ",",
                "Dr.",
                "\ud800",
                "\u202e",
                "\u0000",
                "İ",
                "ß",
                "ﬃ",
                "東京",
                "001Ec00000GINb1IAH",
                "mailto:",
                "..",
                "-",
                "_",
                "1",
                "x");
        Arbitrary<String> hostile = pieces.list().ofMaxSize(8).map(list -> String.join("", list));
        Arbitrary<String> cells = Arbitraries.oneOf(Arbitraries.strings(), hostile);
        return Arbitraries.maps(Arbitraries.of(RawField.class), cells);
    }

    @Property
    void noTextMakesItThrow(@ForAll("rows") Map<RawField, String> cells, @ForAll EntityKind entity) {
        Identity identity = WITH_TEST_HOSTS.of(new RawSubject(entity, cells));
        assertEquals(identity.key().isEmpty(), identity.reasons().contains("no_identifier"));
        identity.key().ifPresent(key -> assertEquals(entity, key.kind().entity()));
    }

    @Property
    void whatIsSentIsKnownByTheSameKey(@ForAll("rows") Map<RawField, String> cells, @ForAll EntityKind entity) {
        Map<RawField, String> plain = new EnumMap<>(RawField.class);
        plain.putAll(cells);
        plain.keySet().removeAll(List.of(PHONE, SECOND_PHONE, SECOND_EMAIL));
        Identity once = WITH_TEST_HOSTS.of(new RawSubject(entity, plain));
        Identity again = WITH_TEST_HOSTS.of(new RawSubject(entity, asCells(once.inputs())));
        assertEquals(once.key(), again.key());
        assertEquals(once.inputs(), again.inputs());
    }

    private static Map<RawField, String> asCells(Identifiers inputs) {
        Map<RawField, String> cells = new EnumMap<>(RawField.class);
        inputs.values().forEach((input, value) -> {
            RawField field = input == Input.DOMAIN ? WEBSITE : RawField.valueOf(input.name());
            cells.put(field, value);
        });
        return cells;
    }
}
