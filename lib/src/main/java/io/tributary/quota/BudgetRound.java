package io.tributary.quota;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Chooses what is asked in one round of a budget. The worst cases of all that is chosen fit what is left, so nothing that
 * happens in the round can pass a cap, and no task needs to know of another. What the round saves opens the next.
 *
 * <p>It is shown the work in its order, the best first. An ask that does not fit now holds its place: nothing behind it at
 * that provider is asked before it. If it does not fit even all that is left, it never will, and is passed over. So every
 * round with work that fits asks something, and the last one leaves less than any open ask can cost.
 *
 * <p>For one thread, and one pass over the work.
 */
public final class BudgetRound {
    private final Allowance left;
    private final Map<String, Long> reserved = new HashMap<>();
    private final Set<String> blocked = new HashSet<>();
    private long reservedInAll;
    private boolean full;

    /** @param left what may still be spent when the round begins */
    public BudgetRound(Allowance left) {
        this.left = left;
    }

    /**
     * An ask that a key wants.
     *
     * @param worst the most credits that it can cost
     */
    public record Wanted(String provider, double worst) {}

    /**
     * The asks of the next key that are made in this round.
     *
     * @param asks in the order of the waterfall: one waits for those before it
     * @return their places in the list, ascending
     */
    public List<Integer> take(List<Wanted> asks) {
        List<Integer> taken = new ArrayList<>();
        boolean waits = false;
        for (int place = 0; place < asks.size(); place++) {
            String provider = asks.get(place).provider();
            long worst = Budget.thousandths(asks.get(place).worst());
            if (!left.bears(provider, worst)) {
                continue;
            }
            if (!waits && fits(provider, worst)) {
                reserved.merge(provider, worst, Long::sum);
                reservedInAll += worst;
                taken.add(place);
            } else {
                waits = true;
                blocked.add(provider);
            }
        }
        return taken;
    }

    private boolean fits(String provider, long worst) {
        if (worst == 0) {
            return true;
        }
        if (full || blocked.contains(provider) || reserved.getOrDefault(provider, 0L) + worst > left.at(provider)) {
            return false;
        }
        full = reservedInAll + worst > left.inAll();
        return !full;
    }
}
