package io.tributary.identity;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Countries by their ISO 3166 codes and the spellings that people use. Immutable. */
final class Countries {
    private final Map<String, String> bySpelling;

    private Countries(Map<String, String> bySpelling) {
        this.bySpelling = bySpelling;
    }

    /** The list that this version ships. */
    static Countries shipped() {
        Map<String, String> bySpelling = new HashMap<>();
        for (String line : Resource.lines("countries.txt", "#")) {
            String[] spellings = line.split("\t");
            for (String spelling : spellings) {
                bySpelling.put(folded(spelling), spellings[0]);
            }
        }
        return new Countries(Map.copyOf(bySpelling));
    }

    /** ISO alpha-2 in upper case; empty for what no list knows. */
    Optional<String> alpha2(String text) {
        return Optional.ofNullable(bySpelling.get(folded(text)));
    }

    private static String folded(String text) {
        return String.join(" ", FoldedText.wordsWithInitialsJoined(text));
    }
}
