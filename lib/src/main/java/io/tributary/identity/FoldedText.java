package io.tributary.identity;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/** Names as the words that remain when case, accents, punctuation and the spacing of initials are taken away. */
final class FoldedText {
    private FoldedText() {}

    /**
     * The words of a name: {@code "Société Générale, S.A."} gives {@code societe, generale, sa}. Only Latin, Greek and
     * Cyrillic accents are folded; in other scripts a mark is part of the word. {@code &} and {@code +} read as "and".
     */
    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        String folded = fold(text);
        for (int i = 0; i < folded.length(); i += Character.charCount(folded.codePointAt(i))) {
            int point = folded.codePointAt(i);
            if (isWordPart(point)) {
                word.appendCodePoint(point);
            } else if (!isApostrophe(point)) {
                flush(word, words);
                if (point == '&' || point == '+') {
                    words.add("and");
                }
            }
        }
        flush(word, words);
        return words;
    }

    /** {@link #words} with neighbouring initials drawn together, so that {@code N. V.} and {@code N.V.} read as {@code nv}. */
    static List<String> wordsWithInitialsJoined(String text) {
        List<String> joined = new ArrayList<>();
        StringBuilder initials = new StringBuilder();
        for (String word : words(text)) {
            if (isInitial(word)) {
                initials.append(word);
            } else {
                flush(initials, joined);
                joined.add(word);
            }
        }
        flush(initials, joined);
        return joined;
    }

    static boolean isInitial(String word) {
        return word.codePointCount(0, word.length()) == 1
                && Character.isAlphabetic(word.codePointAt(0))
                && !Character.isIdeographic(word.codePointAt(0));
    }

    private static void flush(StringBuilder word, List<String> words) {
        if (word.length() > 0) {
            words.add(word.toString());
            word.setLength(0);
        }
    }

    private static boolean isWordPart(int point) {
        return Character.isLetterOrDigit(point) || isMark(point);
    }

    private static boolean isMark(int point) {
        int type = Character.getType(point);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }

    private static boolean isApostrophe(int point) {
        return point == '\'' || point == '\u2019' || point == '\u2018' || point == '`' || point == '\u00b4';
    }

    private static String fold(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        Normalizer.normalize(text, Normalizer.Form.NFKD).codePoints().forEach(point -> {
            int lower = Character.toLowerCase(Character.toUpperCase(point));
            if (lower < '\u0300' || lower > '\u036f') {
                appendFolded(folded, lower);
            }
        });
        return Normalizer.normalize(folded, Normalizer.Form.NFKC);
    }

    /** Letters that are accented to the eye and yet have no decomposition. */
    private static void appendFolded(StringBuilder folded, int point) {
        switch (point) {
            case 'ß', 'ẞ' -> folded.append("ss");
            case 'æ' -> folded.append("ae");
            case 'œ' -> folded.append("oe");
            case 'ø' -> folded.append('o');
            case 'ł' -> folded.append('l');
            case 'đ', 'ð' -> folded.append('d');
            case 'þ' -> folded.append("th");
            case 'ı' -> folded.append('i');
            default -> folded.appendCodePoint(point);
        }
    }
}
