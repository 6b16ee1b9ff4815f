package io.tributary.identity;

import static io.tributary.identity.RawField.COUNTRY;
import static io.tributary.identity.RawField.FIRST_NAME;
import static io.tributary.identity.RawField.FULL_NAME;
import static io.tributary.identity.RawField.LAST_NAME;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The readable text of a cell: without what cannot be seen, and empty where it only says that nothing is known. */
final class CellText {
    /** No identifier is longer; a cell that is belongs to another column. */
    private static final int LONGEST = 2_000;

    private static final Set<String> PLACEHOLDERS = Set.of(
            "blank",
            "withheld",
            "redacted",
            "n/a",
            "n.a",
            "none",
            "null",
            "nil",
            "nan",
            "undefined",
            "unknown",
            "not known",
            "not provided",
            "not available",
            "not applicable",
            "no email",
            "no name",
            "no phone",
            "test",
            "tbd",
            "tba",
            "xxx");

    /** Fields in which {@code NA} is a country (Namibia) or a family name. */
    private static final Set<RawField> NA_IS_A_VALUE = Set.of(COUNTRY, FIRST_NAME, LAST_NAME, FULL_NAME);

    private CellText() {}

    /** The text of that cell, in NFC, with single spaces; empty for blank cells and placeholders such as {@code (none)}. */
    static Optional<String> of(RawField field, String raw) {
        String text = visible(raw);
        String core = betweenLettersOrDigits(text).toLowerCase(Locale.ROOT);
        boolean placeholder =
                core.isEmpty() || PLACEHOLDERS.contains(core) || core.equals("na") && !NA_IS_A_VALUE.contains(field);
        return placeholder ? Optional.empty() : Optional.of(text);
    }

    /** Whether the cell is longer than any identifier, so that it isn't read at all. */
    static boolean isTooLong(String raw) {
        return raw.length() > LONGEST;
    }

    /** Without control, zero-width and bidirectional characters; every run of white space is one space. */
    static String visible(String raw) {
        StringBuilder kept = new StringBuilder(raw.length());
        raw.codePoints().forEach(point -> {
            if (Character.isWhitespace(point) || Character.isSpaceChar(point)) {
                if (kept.length() > 0 && kept.charAt(kept.length() - 1) != ' ') {
                    kept.append(' ');
                }
            } else if (!isInvisible(point)) {
                kept.appendCodePoint(point);
            }
        });
        return Normalizer.normalize(kept, Normalizer.Form.NFC).strip();
    }

    private static boolean isInvisible(int point) {
        int type = Character.getType(point);
        return type == Character.CONTROL || type == Character.FORMAT || type == Character.SURROGATE;
    }

    private static String betweenLettersOrDigits(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && !Character.isLetterOrDigit(text.codePointAt(from))) {
            from += Character.charCount(text.codePointAt(from));
        }
        while (to > from && !Character.isLetterOrDigit(text.codePointBefore(to))) {
            to -= Character.charCount(text.codePointBefore(to));
        }
        return text.substring(from, to);
    }
}
