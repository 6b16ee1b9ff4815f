package io.tributary.jobs.read;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Names that a Delta table takes without column mapping: lower-case snake_case of ASCII letters, digits and underscores.
 * {@code Security contact email} becomes {@code security_contact_email}, {@code AnnualRevenue} {@code annual_revenue}.
 */
final class ColumnNames {
    private static final int LONGEST = 120;

    private ColumnNames() {}

    /** The column name for one header; a header without a letter or digit becomes {@code column}. */
    static String sanitise(String header) {
        String ascii = Normalizer.normalize(header, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}+", "")
                .replace("ß", "ss");
        String words = ascii.replaceAll("([a-z0-9])([A-Z])", "$1_$2").replaceAll("([A-Z]+)([A-Z][a-z])", "$1_$2");
        String snake =
                words.replaceAll("[^A-Za-z0-9]+", "_").replaceAll("^_+|_+$", "").toLowerCase(Locale.ROOT);
        String named = snake.isEmpty() ? "column" : snake;
        String lettered = Character.isDigit(named.charAt(0)) ? "c_" + named : named;
        return lettered.length() > LONGEST ? lettered.substring(0, LONGEST) : lettered;
    }

    /**
     * A distinct name for each header, in their order: the second of two headers that collide gets {@code _2}.
     *
     * @param taken names that are not to be had
     */
    static Map<String, String> of(List<String> headers, Set<String> taken) {
        Set<String> used = new HashSet<>(taken);
        Map<String, String> names = new LinkedHashMap<>();
        for (String header : headers) {
            String base = sanitise(header);
            String name = base;
            for (int n = 2; !used.add(name); n++) {
                name = base + "_" + n;
            }
            names.put(header, name);
        }
        return names;
    }
}
