package io.tributary.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.tributary.model.Identifiers;
import io.tributary.model.Identifiers.Input;
import io.tributary.model.KeyKind;
import io.tributary.model.LookupKey;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AskTest {
    private static String reference(String email, long epoch, Optional<Pending> pending) {
        return Ask.about(
                        new LookupKey(KeyKind.EMAIL, email),
                        new Identifiers(Map.of(Input.EMAIL, email)),
                        epoch,
                        pending)
                .reference();
    }

    @Test
    void theReferenceOfAKeyIsTheSameInEveryRunAndSaysNothingOfIt() {
        String first = reference("ada@acme.com", 0, Optional.empty());
        assertEquals(first, reference("ada@acme.com", 7, Optional.of(new Pending("person", "job"))));
        assertNotEquals(first, reference("bob@acme.com", 0, Optional.empty()));
        assertFalse(first.contains("ada"), first);
    }
}
