package io.tributary.quota;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All caps on what one run may spend. Of those on the same calls, the one that leaves least binds. Immutable. */
public record Caps(List<Cap> caps) {
    /**
     * One cap.
     *
     * @param setting where it is set, such as {@code budget.max-credits-per-day}
     * @param provider whose calls it bounds; empty for those of all providers together
     * @param credits 0 or more
     * @param spent what of it is spent already
     */
    public record Cap(String setting, Optional<String> provider, double credits, double spent) {
        public Cap {
            if (!(credits >= 0) || !(spent >= 0)) {
                throw new IllegalArgumentException("a cap and what is spent of it are 0 or more credits");
            }
        }

        /** What may still be spent, 0 or more. */
        public double left() {
            return Math.max(0, credits - spent);
        }
    }

    public Caps {
        caps = List.copyOf(caps);
    }

    /** No cap at all. */
    public static Caps none() {
        return new Caps(List.of());
    }

    /** With one more. */
    public Caps and(Cap cap) {
        List<Cap> more = new ArrayList<>(caps);
        more.add(cap);
        return new Caps(more);
    }

    /** The caps that bind: at most one for each provider and one for all, in the order in which they are set. */
    public List<Cap> binding() {
        Map<Optional<String>, Cap> least = new HashMap<>();
        caps.forEach(cap -> least.merge(
                cap.provider(),
                cap,
                (one, other) -> Comparator.comparingDouble(Cap::left).compare(one, other) <= 0 ? one : other));
        return caps.stream().filter(cap -> least.get(cap.provider()) == cap).toList();
    }

    /** What the run may spend. */
    public Allowance allowance() {
        Map<String, Double> byProvider = new HashMap<>();
        binding().forEach(cap -> cap.provider().ifPresent(name -> byProvider.put(name, cap.left())));
        return new Allowance(
                byProvider,
                binding().stream()
                        .filter(cap -> cap.provider().isEmpty())
                        .mapToDouble(Cap::left)
                        .findFirst()
                        .orElse(Double.POSITIVE_INFINITY));
    }
}
