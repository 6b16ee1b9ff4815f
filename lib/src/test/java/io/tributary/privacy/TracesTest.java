package io.tributary.privacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TracesTest {
    private static final Traces ADA = Traces.of(List.of(
                    "email:ada@acme.com",
                    "linkedin_person:ada",
                    "phone:+493012345678|ada king",
                    "name_company:ada king|acme.com"))
            .alsoNamed(List.of("Ada+News@acme.com"));

    @Test
    void peopleAreFoundByTheirAddressesAndPagesHoweverTheseAreWritten() {
        for (String text : new String[] {
            "{\"email\": \"ADA@acme.com\"}",
            "mail ada@acme.com.",
            "ada@acme.com",
            "<ada@acme.com>",
            "{\"url\":\"https:\\/\\/www.linkedin.com\\/in\\/ada\"}",
            "linkedin.com/in/Ada?trk=1",
            "?email=ada%40acme.com&x",
            "to ada+news@acme.com"
        }) {
            assertTrue(ADA.isNamedIn(text), text);
        }
    }

    @Test
    void nobodyElseIsTakenForThem() {
        for (String text : new String[] {
            "nada@acme.com",
            "b.ada@acme.com",
            "ada@acme.com.br",
            "ada@acme.company",
            "linkedin.com/in/ada-smith",
            "",
            "+493012345678",
            "ada king"
        }) {
            assertFalse(ADA.isNamedIn(text), text);
        }
        assertFalse(ADA.isNamedIn(null));
    }

    @Test
    void aNameAtACompanyMayBeANamesakes() {
        assertTrue(Traces.isSure("email:ada@acme.com"));
        assertTrue(Traces.isSure("phone:+493012345678|ada king"));
        assertFalse(Traces.isSure("name_company:ada king|acme.com"));
    }

    @Test
    void theTextFormNamesNobody() {
        assertEquals("4 keys", ADA.toString());
        assertEquals(Set.of("ada@acme.com", "ada+news@acme.com", "linkedin.com/in/ada"), ADA.names());
    }
}
