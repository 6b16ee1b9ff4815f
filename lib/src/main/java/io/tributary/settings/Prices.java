package io.tributary.settings;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What credits cost. Amounts are exact: credits times the price as it is written. They are rounded only where they are
 * shown, each by itself, so a total may differ from the sum of its shown parts by a cent.
 *
 * @param currency three capital letters
 * @param perCredit the price of one credit, by provider; none of those without a price
 */
public record Prices(String currency, Map<String, BigDecimal> perCredit) {
    /** No price is known. */
    public static final Prices NONE = new Prices("USD", Map.of());

    public Prices {
        perCredit = Map.copyOf(perCredit);
        if (!currency.matches("[A-Z]{3}")) {
            throw new IllegalArgumentException("a currency has three capital letters");
        }
        if (perCredit.values().stream().anyMatch(price -> price.signum() < 0)) {
            throw new IllegalArgumentException("a price is not negative");
        }
    }

    /** Whether any price is known: without one no money is spoken of. */
    public boolean any() {
        return !perCredit.isEmpty();
    }

    /** What a provider's credits cost; empty if it has no price. */
    public Optional<BigDecimal> cost(String provider, double credits) {
        return Optional.ofNullable(perCredit.get(provider))
                .map(price -> BigDecimal.valueOf(credits).multiply(price));
    }

    /** What the credits cost of all providers that have a price. */
    public BigDecimal cost(Map<String, Double> credits) {
        return credits.entrySet().stream()
                .flatMap(each -> cost(each.getKey(), each.getValue()).stream())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** An amount for people: two places, half a cent up. */
    public static String shown(BigDecimal amount) {
        return String.format(Locale.ROOT, "%,.2f", amount.setScale(2, RoundingMode.HALF_UP));
    }

    /** An amount for machines: to the millionth, without the traces of a binary fraction. */
    public static double told(BigDecimal amount) {
        return amount.setScale(6, RoundingMode.HALF_UP).doubleValue();
    }
}
