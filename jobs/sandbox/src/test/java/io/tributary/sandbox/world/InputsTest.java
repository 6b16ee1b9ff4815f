package io.tributary.sandbox.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InputsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://www.linkedin.com/in/ada-example/",
                "linkedin.com/in/ada-example",
                "HTTP://de.linkedin.com/in/Ada-Example?trk=x",
                "in/ada-example",
                "ada-example"
            })
    void spellingsOfOneProfileAreOneInput(String spelling) {
        assertEquals("linkedin.com/in/ada-example", Inputs.linkedin(spelling));
    }

    @ParameterizedTest
    @ValueSource(strings = {"acme.gov", " ACME.gov", "www.acme.gov", "https://acme.gov/about"})
    void spellingsOfOneDomainAreOneInput(String spelling) {
        assertEquals("acme.gov", Inputs.domain(spelling));
    }

    @Test
    void addressesHaveAHostWithADot() {
        assertTrue(Inputs.isEmail("ada+x@acme.example"));
        for (String wrong :
                new String[] {"", "ada", "ada@", "ada@acme", "a b@acme.example", "ada@.example", "@acme.example"}) {
            assertFalse(Inputs.isEmail(wrong), wrong);
        }
    }
}
