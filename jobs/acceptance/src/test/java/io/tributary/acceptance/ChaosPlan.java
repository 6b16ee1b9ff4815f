package io.tributary.acceptance;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * What goes wrong in one round, and when: all of it follows from the seed.
 *
 * @param journal where the journal lies
 * @param steps in their order
 * @param between what happens to the journal of a night that died, before the next one
 * @param pick decides among executors
 */
record ChaosPlan(long seed, Journal journal, List<Step> steps, Optional<ChaosFault> between, int pick) {
    /** Where the journal lies: some faults need a place of their own. */
    enum Journal {
        /** In the lake, as shipped. */
        LAKE,
        /** On a small file system in memory, which can be full and read-only. */
        MOUNT,
        /** Behind a Hadoop file system that fails when it is told to. */
        FAILING
    }

    /** @param after the part of the keys that is billed when it happens, between 0 and 1 */
    record Step(double after, ChaosFault fault) {}

    ChaosPlan {
        steps = List.copyOf(steps);
    }

    static ChaosPlan of(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Journal journal = Journal.values()[random.nextInt(Journal.values().length)];
        List<ChaosFault> possible =
                new ArrayList<>(EnumSet.range(ChaosFault.EXECUTOR_KILLED, ChaosFault.PROVIDER_FAILS));
        switch (journal) {
            case LAKE -> {}
            case MOUNT -> possible.addAll(List.of(ChaosFault.JOURNAL_READ_ONLY, ChaosFault.JOURNAL_FULL));
            case FAILING -> possible.addAll(List.of(ChaosFault.JOURNAL_FAILS, ChaosFault.JOURNAL_STALLS));
        }
        Collections.shuffle(possible, new Random(random.nextLong()));
        List<Step> steps = new ArrayList<>();
        for (ChaosFault fault : possible.subList(0, 1 + random.nextInt(3))) {
            steps.add(new Step(0.1 + 0.5 * random.nextDouble(), fault));
        }
        steps.sort(Comparator.comparingDouble(Step::after));
        Optional<ChaosFault> between = Optional.empty();
        int end = random.nextInt(4);
        if (end < 3) {
            // Two in three of the nights that are killed are killed alone.
            steps.add(new Step(
                    0.65 + 0.2 * random.nextDouble(), end < 2 ? ChaosFault.DRIVER_KILLED : ChaosFault.ALL_KILLED));
            between = switch (random.nextInt(4)) {
                case 0 -> Optional.of(ChaosFault.SEGMENT_TORN);
                case 1 -> Optional.of(ChaosFault.SEGMENT_DELETED);
                default -> Optional.empty();
            };
        }
        return new ChaosPlan(seed, journal, steps, between, random.nextInt(1000));
    }

    boolean holds(ChaosFault fault) {
        return steps.stream().anyMatch(step -> step.fault() == fault);
    }

    /** Whether driver and executors need a relay between them. */
    boolean relayed() {
        return steps.stream().anyMatch(step -> step.fault().relayed());
    }
}
