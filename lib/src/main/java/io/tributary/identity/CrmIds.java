package io.tributary.identity;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Tells record ids of CRMs from names: exports often hold the id of a company where its name is expected, and a provider
 * would be paid for looking it up.
 */
public final class CrmIds {
    /** Key prefix, pod, the reserved zero, and the number in base 62. */
    private static final Pattern SALESFORCE = Pattern.compile("[0-9a-zA-Z]{6}0[0-9a-zA-Z]{8}");

    private static final Pattern HUBSPOT = Pattern.compile("[0-9]{7,}");
    private static final Pattern GUID =
            Pattern.compile("\\{?[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}}?");
    private static final String SUFFIX_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
    private static final int SHORT = 15;
    private static final int LONG = 18;
    private static final int BLOCK = 5;

    private CrmIds() {}

    /**
     * Whether the text is a record id and no name: a Salesforce id of 15 characters or of 18 with a right checksum
     * suffix (also where a spreadsheet has made all its letters one case), a HubSpot record number, or the GUID of
     * Dynamics. Blank text is no id.
     */
    public static boolean looksLikeCrmId(String text) {
        String id = text.strip();
        return isSalesforce(id)
                || HUBSPOT.matcher(id).matches()
                || GUID.matcher(id).matches();
    }

    private static boolean isSalesforce(String id) {
        if (id.length() != SHORT && id.length() != LONG) {
            return false;
        }
        String body = id.substring(0, SHORT);
        long digits = body.chars().filter(c -> c >= '0' && c <= '9').count();
        boolean shaped = digits >= 3 && SALESFORCE.matcher(body).matches();
        return shaped && (id.length() == SHORT || agrees(body, id.substring(SHORT)));
    }

    private static boolean agrees(String body, String suffix) {
        String restored = suffix.toUpperCase(Locale.ROOT);
        return suffix.equals(suffix(body)) || isOneCase(body) && restored.equals(suffix(withCaseOf(restored, body)));
    }

    private static boolean isOneCase(String body) {
        return body.equals(body.toLowerCase(Locale.ROOT)) || body.equals(body.toUpperCase(Locale.ROOT));
    }

    /** The body with those letters in upper case that the suffix names. */
    private static String withCaseOf(String suffix, String body) {
        StringBuilder restored = new StringBuilder(body.toLowerCase(Locale.ROOT));
        for (int i = 0; i < SHORT; i++) {
            int upper = SUFFIX_ALPHABET.indexOf(suffix.charAt(i / BLOCK));
            if (upper >= 0 && (upper >> i % BLOCK & 1) == 1) {
                restored.setCharAt(i, Character.toUpperCase(restored.charAt(i)));
            }
        }
        return restored.toString();
    }

    /** Three characters that say which of the 15 are upper case, five to a character, the first one in the lowest bit. */
    private static String suffix(String body) {
        StringBuilder suffix = new StringBuilder();
        for (int block = 0; block < SHORT; block += BLOCK) {
            int upper = 0;
            for (int i = 0; i < BLOCK; i++) {
                char c = body.charAt(block + i);
                if (c >= 'A' && c <= 'Z') {
                    upper |= 1 << i;
                }
            }
            suffix.append(SUFFIX_ALPHABET.charAt(upper));
        }
        return suffix.toString();
    }
}
