package io.tributary.identity;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Legal forms of companies in their many spellings. Immutable. */
final class LegalForms {
    private final Map<String, String> bySpelling;
    private final int mostWords;

    private LegalForms(Map<String, String> bySpelling) {
        this.bySpelling = Map.copyOf(bySpelling);
        this.mostWords = bySpelling.keySet().stream()
                .mapToInt(spelling -> spelling.split(" ").length)
                .max()
                .orElse(0);
    }

    /** The list that this version ships. */
    static LegalForms shipped() {
        Map<String, String> bySpelling = new HashMap<>();
        for (String line : Resource.lines("legal-forms.txt", "#")) {
            String[] spellings = line.split("\t");
            for (String spelling : spellings) {
                bySpelling.put(spelling, spellings[0]);
            }
        }
        return new LegalForms(bySpelling);
    }

    /**
     * A name without the form behind it.
     *
     * @param core the words before the form, at least one
     * @param form the one spelling of the form; empty if the name ends with none
     */
    record Split(List<String> core, String form) {}

    /** Takes every form off the end; the innermost is the one that is named. */
    Split split(List<String> words) {
        Split split = new Split(words, "");
        for (Optional<Split> shorter = once(words); shorter.isPresent(); shorter = once(split.core())) {
            split = shorter.get();
        }
        return split;
    }

    private Optional<Split> once(List<String> words) {
        for (int length = Math.min(mostWords, words.size() - 1); length > 0; length--) {
            int end = words.size() - length;
            String form = bySpelling.get(String.join(" ", words.subList(end, words.size())));
            if (form != null) {
                int coreEnd = end;
                while (coreEnd > 1 && words.get(coreEnd - 1).equals("and")) {
                    coreEnd--;
                }
                return Optional.of(new Split(words.subList(0, coreEnd), form));
            }
        }
        return Optional.empty();
    }
}
