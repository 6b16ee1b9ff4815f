package io.tributary.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A search that would find nothing proves nothing. */
class NeedlesTest {
    private final Needles needles = new Needles(Map.of("key", "s3cret/of+acme=7"));

    private static String coded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void findsASecretInEachForm() {
        assertEquals(Set.of("key, as it is"), needles.in("token s3cret/of+acme=7."));
        assertEquals(Set.of("key, in a URL"), needles.in("?key=s3cret%2Fof%2Bacme%3D7&x=1"));
        for (String before : new String[] {"", "a", "ab", "user:", "user:x"}) {
            assertEquals(Set.of("key, in base64"), keep(needles.in("Basic " + coded(before + "s3cret/of+acme=7:"))));
        }
        assertEquals(Set.of(), needles.in("s3cret of acme"));
    }

    /** Where no character tells them apart, both alphabets are found. */
    private static Set<String> keep(Set<String> found) {
        found.remove("key, in base64 for URLs");
        return found;
    }
}
