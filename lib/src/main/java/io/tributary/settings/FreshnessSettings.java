package io.tributary.settings;

import io.tributary.yaml.ObjectShape;
import io.tributary.yaml.Shape;
import io.tributary.yaml.Tree;
import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;

/**
 * How long an answer counts before it is asked again. A rejected key is not asked again until its inputs change.
 *
 * @param confidentAbove confidence, from 0 to 1, above which an answer counts for longer
 * @param confidentFor how long such an answer counts
 * @param ordinaryFor how long any other answer counts
 * @param negativeFor how long "not found" counts
 */
public record FreshnessSettings(
        double confidentAbove, Duration confidentFor, Duration ordinaryFor, Duration negativeFor)
        implements Serializable {

    static final ObjectShape SHAPE = Shape.object("How long an answer counts before it is asked again.")
            .withDefault(
                    "confident-above",
                    Shape.decimal(0, 1),
                    "0.9",
                    "Confidence above which an answer counts for longer.")
            .withDefault("confident-for", Shape.duration(), "90d", "How long such an answer counts.")
            .withDefault("ordinary-for", Shape.duration(), "30d", "How long any other answer counts.")
            .withDefault("negative-for", Shape.duration(), "30d", "How long \"not found\" counts.");

    /** The same keys without defaults: what a provider may have otherwise. */
    static final ObjectShape OVERRIDE = Shape.object("Freshness of this provider's answers where it differs.")
            .optional("confident-above", Shape.decimal(0, 1), "As freshness.confident-above.")
            .optional("confident-for", Shape.duration(), "As freshness.confident-for.")
            .optional("ordinary-for", Shape.duration(), "As freshness.ordinary-for.")
            .optional("negative-for", Shape.duration(), "As freshness.negative-for.");

    public FreshnessSettings {
        if (!(confidentAbove >= 0 && confidentAbove <= 1)) {
            throw new IllegalArgumentException("a confidence lies between 0 and 1");
        }
        Objects.requireNonNull(confidentFor, "confidentFor");
        Objects.requireNonNull(ordinaryFor, "ordinaryFor");
        Objects.requireNonNull(negativeFor, "negativeFor");
    }

    /** How long a match, whole or partial, of this confidence counts. */
    public Duration matchFor(double confidence) {
        return confidence > confidentAbove ? confidentFor : ordinaryFor;
    }

    static FreshnessSettings of(Tree tree) {
        return new FreshnessSettings(
                tree.decimal("confident-above"),
                tree.duration("confident-for"),
                tree.duration("ordinary-for"),
                tree.duration("negative-for"));
    }

    FreshnessSettings overriddenBy(Tree tree) {
        return new FreshnessSettings(
                tree.find("confident-above").map(Tree::decimal).orElse(confidentAbove),
                tree.find("confident-for").map(Tree::duration).orElse(confidentFor),
                tree.find("ordinary-for").map(Tree::duration).orElse(ordinaryFor),
                tree.find("negative-for").map(Tree::duration).orElse(negativeFor));
    }
}
