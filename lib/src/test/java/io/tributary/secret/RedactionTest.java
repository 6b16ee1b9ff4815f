package io.tributary.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionTest {
    private static final Redaction PLACES = new Redaction(List.of());

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            GET https://x.io/v2?email=a&api_key=abc&n=1 | GET https://x.io/v2?email=a&api_key=***&n=1
            https://x.io/p?key=abc#top                  | https://x.io/p?key=***#top
            https://x.io/p?access_token=a.b-c           | https://x.io/p?access_token=***
            client_secret=abc&grant_type=x              | client_secret=***&grant_type=x
            Authorization: Bearer abc def               | Authorization: ***
            {"Authorization":"Basic YTpi","n":1}        | {"Authorization":"***","n":1}
            X-Api-Key: abc                              | X-Api-Key: ***
            sent Bearer abcdefghijklmnop to x           | sent Bearer *** to x
            {"access_token": "a\\"b", "n": 1}           | {"access_token": "***", "n": 1}
            https://user:pass@x.io/                     | https://***@x.io/
            key=email#12ab is no secret                 | key=email#12ab is no secret
            uses basic authentication                   | uses basic authentication
            """)
    void masksThePlacesWhereSecretsStand(String text, String masked) {
        assertEquals(masked, PLACES.redact(text));
        assertEquals(masked, PLACES.redact(masked));
    }

    @Property
    void noFormOfAKnownSecretSurvives(
            @ForAll @StringLength(min = 8, max = 30) String value,
            @ForAll @AlphaChars @StringLength(max = 10) String before,
            @ForAll @AlphaChars @StringLength(max = 10) String after) {
        if (value.isBlank() || value.contains("*")) {
            return;
        }
        Redaction redaction = new Redaction(List.of(new Secret(SecretRef.parse("env:KEY"), value)));
        String basic = Base64.getEncoder().encodeToString((value + ":").getBytes(StandardCharsets.UTF_8));
        String masked = redaction.redact(before + value + after + " " + basic + " " + value);

        assertFalse(masked.contains(value));
        assertFalse(masked.contains(basic));
    }
}
