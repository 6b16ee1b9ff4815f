package io.tributary.settings;

import io.tributary.yaml.Faults;
import io.tributary.yaml.ObjectShape;
import io.tributary.yaml.Shape;
import io.tributary.yaml.Tree;
import java.io.Serializable;
import java.time.Duration;
import java.util.Optional;

/**
 * How long {@code maintain} leaves things that are no longer needed every night.
 *
 * @param timeTravel how far back every version of a table can be read
 * @param journals how long journals stay whose answers are all in history
 * @param work how long work lists stay
 * @param rawBodies how long responses stay as they came; empty for ever
 */
public record RetentionSettings(Duration timeTravel, Duration journals, Duration work, Optional<Duration> rawBodies)
        implements Serializable {
    private static final Duration LEAST = Duration.ofDays(1);

    static final ObjectShape SHAPE = Shape.object("How long maintain leaves what is no longer needed.")
            .withDefault(
                    "time-travel",
                    Shape.duration(),
                    "7d",
                    "How far back each version of a table can be read: at least 1d, for a run may read a version as old as"
                            + " itself.")
            .withDefault(
                    "journals",
                    Shape.duration(),
                    "30d",
                    "How long the journal of a run stays whose answers are all in history; at least 1d.")
            .withDefault("work", Shape.duration(), "90d", "How long the work list of a run stays; at least 1d.")
            .optional(
                    "raw-bodies",
                    Shape.duration(),
                    "How long responses stay as they came; for ever if absent. What was read from them stays, but can't be"
                            + " read anew afterwards.");

    static void check(Tree tree, Faults faults) {
        for (String key : new String[] {"time-travel", "journals", "work", "raw-bodies"}) {
            tree.find(key)
                    .filter(kept -> kept.duration().compareTo(LEAST) < 0)
                    .ifPresent(kept -> faults.add(kept.fault("is shorter than a run may take; write 1d or more")));
        }
    }

    static RetentionSettings of(Tree tree) {
        return new RetentionSettings(
                tree.duration("time-travel"),
                tree.duration("journals"),
                tree.duration("work"),
                tree.find("raw-bodies").map(Tree::duration));
    }
}
