package io.tributary.jobs.report;

import java.util.Locale;

/**
 * A measured number beside the bound that it is held to.
 *
 * @param atLeast whether the bound is a floor; otherwise it is a ceiling
 */
public record Figure(String name, double value, double bound, boolean atLeast) {
    /** A figure that must not fall below its bound. */
    public static Figure atLeast(String name, double value, double bound) {
        return new Figure(name, value, bound, true);
    }

    /** A figure that must not rise above its bound. */
    public static Figure atMost(String name, double value, double bound) {
        return new Figure(name, value, bound, false);
    }

    public boolean passes() {
        return atLeast ? value >= bound : value <= bound;
    }

    /** One line for people. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s: %s (%s %s) %s",
                name,
                number(value),
                atLeast ? "at least" : "at most",
                number(bound),
                passes() ? "pass" : "FAIL");
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.2f", value);
    }

    /** One object for machines. */
    public String toJson() {
        return String.format(
                Locale.ROOT,
                "{\"figure\":\"%s\",\"value\":%.4f,\"bound\":%.4f,\"at_least\":%s,\"pass\":%s}",
                name,
                value,
                bound,
                atLeast,
                passes());
    }
}
