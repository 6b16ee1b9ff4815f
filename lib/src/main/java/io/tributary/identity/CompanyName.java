package io.tributary.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A company's name.
 *
 * @param display the name as it may be sent
 * @param folded the name as it stands in keys: two companies with equal ones are taken for the same
 */
record CompanyName(String display, String folded) {
    private static final Set<String> NOT_AN_EMPLOYER = Set.of(
            "freelance",
            "freelancer",
            "home",
            "individual",
            "no company",
            "no employer",
            "none of your business",
            "not employed",
            "personal",
            "private",
            "private person",
            "retired",
            "self",
            "self employed",
            "selfemployed",
            "student",
            "unemployed");

    /** Words that many companies are called by: with nothing else they tell none apart. */
    private static final Set<String> COMMON_WORDS = Set.of(
            ("and bank banking capital company construction consultants consulting data design digital energy engineering"
                            + " enterprise enterprises finance financial global group healthcare holding holdings hotel"
                            + " immobilien industries industry institute insurance international invest investment"
                            + " investments logistics management marketing media medical network networks of partner"
                            + " partners pharma properties property real estate school service services software solutions"
                            + " studio system systems tech technologies technology the trading transport university")
                    .split(" "));

    /** An address; a lone {@code @} is a letter to some companies. */
    private static final Pattern EMAIL = Pattern.compile("[^\\s@]@[^\\s@.]++\\.[^\\s@]");

    private static final int SHORT = 4;

    /**
     * Reads the text of a company column. A legal form comes off only where what is left still tells companies apart:
     * at least two words, not all of them common, and not an abbreviation. {@code Akzo Nobel N.V.} is
     * {@code akzo nobel}, but {@code Merck KGaA} and {@code Merck & Co., Inc.} stay two.
     */
    static Reading<CompanyName> read(String text, LegalForms forms) {
        if (CrmIds.looksLikeCrmId(text)) {
            return Reading.refused("crm_id");
        }
        if (EMAIL.matcher(text).find()) {
            return Reading.refused("not_a_company");
        }
        List<String> words = withoutArticle(FoldedText.wordsWithInitialsJoined(text));
        if (words.isEmpty() || NOT_AN_EMPLOYER.contains(String.join(" ", words))) {
            return Reading.refused("not_a_company");
        }
        LegalForms.Split split = forms.split(words);
        List<String> kept = new ArrayList<>(split.core());
        if (!split.form().isEmpty() && !tellsCompaniesApart(split.core())) {
            kept.add(split.form());
        }
        return Reading.of(new CompanyName(text, String.join(" ", kept)));
    }

    private static List<String> withoutArticle(List<String> words) {
        return words.size() > 2 && words.get(0).equals("the") ? words.subList(1, words.size()) : words;
    }

    private static boolean tellsCompaniesApart(List<String> core) {
        return core.size() > 1
                && core.stream().mapToInt(String::length).sum() >= SHORT
                && !COMMON_WORDS.containsAll(core);
    }

    @Override
    public String toString() {
        return "company name";
    }
}
