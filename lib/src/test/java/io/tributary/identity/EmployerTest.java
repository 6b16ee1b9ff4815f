package io.tributary.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.tributary.model.EntityKind;
import io.tributary.model.Field;
import io.tributary.model.Profile;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmployerTest {
    private final Identify identify = Identify.standard(new Options(false));

    private Employer employer(String site, String name) {
        return identify.employer(new RawSubject(
                EntityKind.PERSON,
                Map.of(RawField.WEBSITE, site == null ? "" : site, RawField.COMPANY_NAME, name == null ? "" : name)));
    }

    @ParameterizedTest
    @CsvSource({
        "acme.com, Acme Rockets, zenith.io, Zenith Labs, true",
        "acme.com, , zenith.io, , true",
        ", Acme Rockets, , Zenith Labs, true",
        "https://www.acme.com/en, , acme.com, , false",
        "acme.com, Acme Rockets Inc., acme.de, ACME Rockets, false",
        "acme.com, , , Zenith Labs, false",
        ", , zenith.io, Zenith Labs, false"
    })
    void twoEmployersAreToldApartWhereTheyCanBe(
            String site, String name, String otherSite, String otherName, boolean differs) {
        Employer one = employer(site, name);
        Employer other = employer(otherSite, otherName);
        assertEquals(differs, one.differsFrom(other));
        assertEquals(differs, other.differsFrom(one));
    }

    @Test
    void aMailboxTellsTheEmployerAndAFreeOneDoesNot() {
        Profile atWork = Profile.of(EntityKind.PERSON, Map.of(Field.PERSON_EMAIL, "ada@acme.com"));
        Profile atHome = Profile.of(EntityKind.PERSON, Map.of(Field.PERSON_EMAIL, "ada@gmail.com"));

        assertEquals(
                "acme.com", identify.employer(RawSubject.of(atWork)).domain().orElseThrow());
        assertFalse(identify.employer(RawSubject.of(atHome)).isKnown());
    }

    @Test
    void anAnswerIsKnownByTheKeysOfARowThatSaysTheSame() {
        Profile answer = Profile.of(
                EntityKind.PERSON,
                Map.of(
                        Field.PERSON_EMAIL, "Ada@Acme.com",
                        Field.PERSON_LINKEDIN, "https://www.linkedin.com/in/Ada/",
                        Field.PERSON_FULL_NAME, "Ada Lovelace",
                        Field.PERSON_COMPANY_DOMAIN, "acme.com"));

        Identity known = identify.of(RawSubject.of(answer));

        assertEquals("email:ada@acme.com", known.key().orElseThrow().text());
        assertEquals(
                "linkedin_person:ada, name_company:ada lovelace|acme.com",
                known.aliases().stream().map(key -> key.text()).collect(java.util.stream.Collectors.joining(", ")));
    }
}
