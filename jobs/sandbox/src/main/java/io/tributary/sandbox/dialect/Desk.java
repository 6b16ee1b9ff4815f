package io.tributary.sandbox.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.sandbox.fault.FaultKind;
import io.tributary.sandbox.quota.WindowUse;
import io.tributary.sandbox.wire.Charge;
import io.tributary.sandbox.world.Noise;
import io.tributary.sandbox.world.Sight;
import io.tributary.sandbox.world.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * What a dialect may know while it answers one call.
 *
 * @param call the number of the call at the provider
 * @param matchRate the part of all people that the provider knows
 * @param fault the injected fault that the dialect itself has to act out: a pending answer or a misshapen batch
 * @param quirks the part of cases, 0 to 1, that show a quirk
 * @param memory what the provider remembers between calls
 * @param use how full the windows of a scope are
 * @param creditsUsed what was billed so far
 * @param creditsLeft what can still be bought
 */
public record Desk(
        String provider,
        World world,
        long call,
        double matchRate,
        Instant now,
        Optional<FaultKind> fault,
        ToDoubleFunction<Quirk> quirks,
        Memory memory,
        Function<String, List<WindowUse>> use,
        double creditsUsed,
        double creditsLeft) {

    /** What the provider knows of a person. */
    Sight person(String input) {
        return world.sight(provider, "person", input, matchRate);
    }

    /** What the provider knows of a company; companies are better known than people: the root of the match rate. */
    Sight company(String domain) {
        return world.sight(provider, "company", domain, Math.sqrt(matchRate));
    }

    /** Whether a quirk shows at this subject; the same subject always gives the same answer. */
    boolean shows(Quirk quirk, String input) {
        double rate = quirks.applyAsDouble(quirk);
        return rate > 0 && drawn(quirk).at(input).unit() < rate;
    }

    /** Whether a quirk shows in this call. */
    boolean shows(Quirk quirk) {
        double rate = quirks.applyAsDouble(quirk);
        return rate > 0 && drawn(quirk).at(call).unit() < rate;
    }

    /** Whether a quirk shows where it is drawn at this point. */
    boolean shows(Quirk quirk, Noise point) {
        double rate = quirks.applyAsDouble(quirk);
        return rate > 0 && point.unit() < rate;
    }

    private Noise drawn(Quirk quirk) {
        return world.noise(provider).at("quirk").at(quirk.name());
    }

    /** Whether this subject is not ready: a settable part of subjects, on the first ask and for a while after it. */
    boolean pending(String entity, String input) {
        return pending(entity, input, false);
    }

    /** @param surely whether it is not ready in any case when it is asked about for the first time */
    boolean pending(String entity, String input, boolean surely) {
        return memory.pending(entity + "|" + input, world.noise(provider), surely || forcedPending(), now);
    }

    /** Whether this subject is not ready because of a quirk: on the first ask and for a while after it. */
    boolean waits(String entity, String input, Quirk quirk) {
        return shows(quirk, input) && memory.waits(entity + "|" + input, now);
    }

    boolean forcedPending() {
        return fault.filter(kind -> kind == FaultKind.PENDING_202).isPresent();
    }

    /**
     * The items of a batch as an injected fault leaves them; the same list without one. A missing item is not billed; a
     * doubled one is billed once.
     */
    List<Item> shaped(List<Item> items) {
        if (fault.isEmpty() || items.size() < 2) {
            return items;
        }
        List<Item> shaped = new ArrayList<>(items);
        switch (fault.get()) {
            case BATCH_SHORT, BATCH_PARTIAL -> shaped.remove(shaped.size() / 2);
            case BATCH_REORDERED -> Collections.reverse(shaped);
            case BATCH_DOUBLED -> shaped.add(shaped.get(0).unbilled());
            default -> {
                return items;
            }
        }
        return shaped;
    }

    /** One item of a batch: its body, null for a gap, and its price. */
    record Item(JsonNode body, Optional<Charge> charge) {
        private Item unbilled() {
            return new Item(body, Optional.empty());
        }
    }
}
