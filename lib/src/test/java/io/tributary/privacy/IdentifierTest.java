package io.tributary.privacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.journal.EntryKeys;
import io.tributary.model.LookupKey;
import io.tributary.privacy.Identifier.Kind;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IdentifierTest {
    private static Optional<String> key(String line) {
        return Identifier.parse(line).key().map(LookupKey::text);
    }

    @Test
    void aLineShowsWhatItIsAndIsReadLikeTheCellOfARow() {
        assertEquals(Optional.of("email:adaking@gmail.com"), key("Ada.King+news@googlemail.com"));
        assertEquals(Optional.of("linkedin_person:ada-king"), key("https://uk.linkedin.com/in/Ada-King/?trk=x"));
        assertEquals(Optional.of("linkedin_company:acme"), key("linkedin.com/company/acme"));
        assertEquals(Optional.of("domain:acme.co.uk"), key("www.acme.co.uk"));
        assertEquals(Optional.of("phone:+493012345678"), key("+49 30 12345678"));
        assertEquals(Optional.empty(), key("crm-id: 0031"));
    }

    @Test
    void aHashIsTakenAsItIs() {
        String hash = EntryKeys.hash("email:ada@acme.com");
        assertEquals(hash, Identifier.parse(hash.toUpperCase(Locale.ROOT)).hash());
        assertEquals(hash, Identifier.parse("email: ada@acme.com").hash());
        assertEquals(hash, LookupKey.parse("email:ada@acme.com").hash());
    }

    @Test
    void whatWouldNameNobodyOrEverybodyIsRefusedAndNotRepeated() {
        for (String line :
                new String[] {"gmail.com", "info@acme.com", "ada lovelace", "email:ada", "phone:030", "hash:12", ""}) {
            UnusableIdentifierException refusal =
                    assertThrows(UnusableIdentifierException.class, () -> Identifier.parse(line), line);
            assertFalse(!line.isEmpty() && refusal.getMessage().contains(line), refusal.getMessage());
        }
        String free = assertThrows(UnusableIdentifierException.class, () -> Identifier.of(Kind.DOMAIN, "gmail.com"))
                .getMessage();
        assertTrue(free.contains("free_mail_host"), free);
    }

    @Test
    void theTextFormNamesNobody() {
        assertEquals("email", Identifier.parse("ada@acme.com").toString());
    }
}
