package io.tributary.coordinator;

import io.tributary.provider.QuotaWindow;
import io.tributary.quota.Lease;
import io.tributary.quota.Occupancy;
import io.tributary.quota.Report;
import io.tributary.quota.WindowId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Quotas that several runs share, and that outlive each of them: one more level of the same division, runs in the place of
 * executors, and a state that is written down in the place of a coordinator's memory. So what a run used of a day is not
 * forgotten when it ends, and a run that dies leaves a lease that runs out. Pure arithmetic: who applies it makes sure that
 * states follow each other one by one.
 */
public final class RunShares {
    private static final Terms TERMS = Terms.BETWEEN_RUNS;
    private static final Duration LONGEST_HELD = Duration.ofMinutes(1);

    private RunShares() {}

    /** How long a part that was written down may be used, by the elapsed clock from before it was. */
    public static Duration lease() {
        return TERMS.lease();
    }

    /** How often a run shows itself. */
    public static Duration again() {
        return TERMS.again();
    }

    /**
     * All quotas.
     *
     * @param windows by provider and window
     */
    public record State(Map<String, Map<String, WindowState>> windows) {
        /** Nobody was ever here. */
        public static final State EMPTY = new State(Map.of());

        public State {
            Map<String, Map<String, WindowState>> copy = new TreeMap<>();
            windows.forEach((provider, each) -> copy.put(provider, Map.copyOf(each)));
            windows = Map.copyOf(copy);
        }
    }

    /**
     * What a run uses and wants of a provider.
     *
     * @param windows what the provider publishes
     * @param uses those of them that it has to do with
     */
    public record Wish(List<QuotaWindow> windows, List<Report.Use> uses) {
        public Wish {
            windows = List.copyOf(windows);
            uses = List.copyOf(uses);
        }
    }

    /**
     * What comes of it.
     *
     * @param state to be written down; before that, nothing of it holds
     * @param parts of the run, by provider
     */
    public record Settled(State state, Map<String, Part> parts) {
        public Settled {
            parts = Map.copyOf(parts);
        }
    }

    /**
     * A run's part of a provider.
     *
     * @param alone whether no other run has to do with it now
     */
    public record Part(Map<WindowId, Allotment> allotments, boolean alone) {
        public Part {
            allotments = Map.copyOf(allotments);
        }
    }

    /** A run shows what it uses and wants, and is given its part. */
    public static Settled exchange(State before, String run, Claim claim, Map<String, Wish> wishes, Instant now) {
        Map<String, Map<String, WindowState>> after = mutable(before);
        Map<String, Part> parts = new HashMap<>();
        wishes.forEach((provider, wish) -> {
            Map<String, WindowState> states = after.computeIfAbsent(provider, name -> new TreeMap<>());
            Map<WindowId, Allotment> allotments = new HashMap<>();
            boolean alone = true;
            for (Report.Use use : wish.uses()) {
                QuotaWindow window = wish.windows().get(use.id().number());
                String key = key(window, use.id());
                SharedWindow shared = shared(window, states.getOrDefault(key, WindowState.EMPTY), now);
                boolean mine = !shared.isSharedWith(run, nanos(now));
                alone &= mine;
                // Then what is wanted later is there at once.
                int wants = mine && mayHoldAll(window) ? window.calls() : use.wants();
                Lease.Grant grant =
                        shared.report(run, claim, wanting(use, use.held(), wants), window.calls(), nanos(now));
                // Who holds more than its share comes down to it as its calls leave the window.
                allotments.put(
                        use.id(),
                        new Allotment(
                                Math.min(grant.held(), grant.target()),
                                Math.max(0, shared.held(nanos(now)) - grant.held())));
                states.put(key, shared.state(nanos(now)));
            }
            parts.put(provider, new Part(allotments, alone));
        });
        return new Settled(new State(after), parts);
    }

    /**
     * A run ends, and sends nothing any more.
     *
     * @param wishes what it used in the end
     */
    public static State gone(State before, String run, Claim claim, Map<String, Wish> wishes, Instant now) {
        Map<String, Map<String, WindowState>> after = mutable(before);
        wishes.forEach((provider, wish) -> {
            Map<String, WindowState> states = after.computeIfAbsent(provider, name -> new TreeMap<>());
            for (Report.Use use : wish.uses()) {
                QuotaWindow window = wish.windows().get(use.id().number());
                String key = key(window, use.id());
                SharedWindow shared = shared(window, states.getOrDefault(key, WindowState.EMPTY), now);
                shared.report(
                        run, claim, wanting(use, Math.min(use.held(), use.occupied()), 0), window.calls(), nanos(now));
                shared.gone(run, nanos(now));
                WindowState state = shared.state(nanos(now));
                if (state.isEmpty()) {
                    states.remove(key);
                } else {
                    states.put(key, state);
                }
            }
        });
        after.values().removeIf(Map::isEmpty);
        return new State(after);
    }

    /**
     * Whether a run that is alone may hold all of a window: not of a long one, for what it holds when it dies counts as used for
     * a whole length.
     */
    static boolean mayHoldAll(QuotaWindow window) {
        return window.per().compareTo(LONGEST_HELD) <= 0;
    }

    private static SharedWindow shared(QuotaWindow window, WindowState state, Instant now) {
        return SharedWindow.of(window.calls(), Occupancy.of(window, InstantSource.fixed(now)), TERMS, state);
    }

    private static Report.Use wanting(Report.Use use, int held, int wants) {
        return new Report.Use(use.id(), held, use.inFlight(), use.leaving(), wants, use.unit(), use.told());
    }

    private static Map<String, Map<String, WindowState>> mutable(State state) {
        Map<String, Map<String, WindowState>> copy = new TreeMap<>();
        state.windows().forEach((provider, each) -> copy.put(provider, new TreeMap<>(each)));
        return copy;
    }

    /** Pipelines may number windows otherwise, so a window is known by what it is. */
    private static String key(QuotaWindow window, WindowId id) {
        String scope = id.scope().isEmpty() ? "" : " " + id.scope();
        String renewal = window.renewal().isByClock()
                ? " " + window.renewal().kind() + " " + window.renewal().zone()
                : "";
        return window.per() + renewal + scope;
    }

    private static long nanos(Instant now) {
        return Math.addExact(Math.multiplyExact(now.getEpochSecond(), 1_000_000_000L), now.getNano());
    }
}
