package io.tributary.jobs.bench;

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

    public boolean passes() {
        return atLeast ? value >= bound : value <= bound;
    }

    /** One line for people. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s: %.2f (%s %.2f) %s",
                name,
                value,
                atLeast ? "at least" : "at most",
                bound,
                passes() ? "pass" : "FAIL");
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
