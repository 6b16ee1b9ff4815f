package io.tributary.identity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A person's name as it stands in keys: folded, without titles and degrees, in the order in which it is written.
 * {@code Jr.} and its like stay, because they tell father from son.
 *
 * @param folded the words, separated by one space
 */
record PersonName(String folded) {
    private static final Set<String> TITLES = Set.of(
            "dame",
            "dipl",
            "dr",
            "frau",
            "herr",
            "hon",
            "ing",
            "lady",
            "lord",
            "mag",
            "madam",
            "madame",
            "miss",
            "mister",
            "mlle",
            "mme",
            "mr",
            "mrs",
            "ms",
            "mx",
            "prof",
            "professor",
            "rev",
            "senor",
            "senora",
            "sir");
    /** Only those that are nobody's family name: {@code MA} and {@code PE} are not here. */
    private static final Set<String> DEGREES = Set.of(
            "bsc", "cfa", "cissp", "cpa", "cphr", "dba", "dds", "dmd", "dphil", "dvm", "esq", "esquire", "llb", "llm",
            "mba", "md", "msc", "phd", "pmp");

    private static final int NAMES = 2;

    /** Reads first and last name where both are there, else the full name. */
    static Reading<PersonName> read(Optional<String> first, Optional<String> last, Optional<String> full) {
        List<String> words;
        if (first.isPresent() && last.isPresent()) {
            words = new ArrayList<>(FoldedText.words(first.get()));
            words.addAll(FoldedText.words(last.get()));
        } else if (full.isPresent()) {
            words = new ArrayList<>(FoldedText.words(inSpokenOrder(full.get())));
        } else {
            return first.isPresent() || last.isPresent() ? Reading.refused("incomplete") : Reading.absent();
        }
        List<String> names = withoutDegrees(withoutTitles(words));
        boolean ideographic = names.size() == 1 && isIdeographic(names.get(0));
        if (names.size() < NAMES && !ideographic) {
            return Reading.refused("incomplete");
        }
        boolean initialsOnly = FoldedText.isInitial(names.get(0)) || FoldedText.isInitial(names.get(names.size() - 1));
        return initialsOnly ? Reading.refused("initial_only") : Reading.of(new PersonName(String.join(" ", names)));
    }

    /** {@code Lovelace, Ada} as {@code Ada Lovelace}; {@code Ada Lovelace, PhD} as it stands. */
    private static String inSpokenOrder(String full) {
        int comma = full.indexOf(',');
        if (comma < 0 || full.indexOf(',', comma + 1) >= 0) {
            return full;
        }
        String before = full.substring(0, comma);
        String behind = full.substring(comma + 1);
        boolean suffix = Arrays.stream(behind.split("[\\s/&]+"))
                .map(word -> String.join("", FoldedText.words(word)))
                .allMatch(word -> DEGREES.contains(word) || word.matches("|jr|sr|ii|iii|iv"));
        return suffix ? full : behind + " " + before;
    }

    private static List<String> withoutTitles(List<String> words) {
        int from = 0;
        while (words.size() - from > 1 && TITLES.contains(words.get(from))) {
            from++;
        }
        return words.subList(from, words.size());
    }

    private static List<String> withoutDegrees(List<String> words) {
        int to = words.size();
        for (boolean more = true; more; ) {
            more = false;
            for (int length = Math.min(3, to - NAMES); length > 0 && !more; length--) {
                if (DEGREES.contains(String.join("", words.subList(to - length, to)))) {
                    to -= length;
                    more = true;
                }
            }
        }
        return words.subList(0, to);
    }

    private static boolean isIdeographic(String name) {
        return name.codePointCount(0, name.length()) >= NAMES
                && name.codePoints()
                        .allMatch(point -> Character.isIdeographic(point)
                                || Character.UnicodeScript.of(point) == Character.UnicodeScript.HANGUL);
    }

    @Override
    public String toString() {
        return "person name";
    }
}
