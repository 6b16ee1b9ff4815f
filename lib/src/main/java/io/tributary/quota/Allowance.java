package io.tributary.quota;

import java.io.Serializable;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * The credits that may still be spent, at single providers and at all together. Counted in thousandths of a credit, costs
 * rounded up and caps down. Immutable.
 */
public final class Allowance implements Serializable {
    private static final long serialVersionUID = 1L;

    private final TreeMap<String, Long> byProvider;
    private final long inAll;

    /**
     * @param byProvider by provider, 0 or more each; one without an entry has no bound of its own
     * @param inAll at all providers together; infinite for no such bound
     */
    public Allowance(Map<String, Double> byProvider, double inAll) {
        this.byProvider = new TreeMap<>();
        byProvider.forEach((provider, credits) -> this.byProvider.put(provider, Budget.cap(credits)));
        this.inAll = Budget.cap(inAll);
    }

    private Allowance(TreeMap<String, Long> byProvider, long inAll) {
        this.byProvider = byProvider;
        this.inAll = inAll;
    }

    public static Allowance unlimited() {
        return new Allowance(Map.of(), Double.POSITIVE_INFINITY);
    }

    public boolean isUnlimited() {
        return byProvider.isEmpty() && inAll == Budget.UNLIMITED;
    }

    /** What is left, never below 0, once so much was spent, by provider. */
    public Allowance less(Map<String, Double> spent) {
        TreeMap<String, Long> left = new TreeMap<>();
        byProvider.forEach((provider, cap) ->
                left.put(provider, Math.max(0, cap - Budget.thousandths(spent.getOrDefault(provider, 0.0)))));
        return new Allowance(left, inAll == Budget.UNLIMITED ? inAll : Math.max(0, inAll - sum(spent.values())));
    }

    private static long sum(Collection<Double> credits) {
        return credits.stream().mapToLong(Budget::thousandths).sum();
    }

    /** Whether an ask could be made if nothing else were asked; once it can't, it never can again. */
    boolean bears(String provider, long thousandths) {
        return thousandths <= at(provider) && thousandths <= inAll;
    }

    long at(String provider) {
        return byProvider.getOrDefault(provider, Budget.UNLIMITED);
    }

    long inAll() {
        return inAll;
    }
}
