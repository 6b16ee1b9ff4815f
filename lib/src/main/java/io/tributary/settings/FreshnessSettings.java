package io.tributary.settings;

import io.tributary.merge.FreshnessPolicy;
import io.tributary.yaml.ObjectShape;
import io.tributary.yaml.Shape;
import io.tributary.yaml.Tree;

/** The section on freshness, for all providers and for one: read straight into a {@link FreshnessPolicy}. */
final class FreshnessSettings {

    static final ObjectShape SHAPE = Shape.object(
                    "How long an answer counts before it is asked again. A rejected key is"
                            + " not asked again until its inputs change.")
            .withDefault(
                    "confident-above",
                    Shape.decimal(0, 1),
                    "0.9",
                    "Confidence above which an answer counts for longer.")
            .withDefault("confident-for", Shape.duration(), "90d", "How long such an answer counts.")
            .withDefault("ordinary-for", Shape.duration(), "30d", "How long any other answer counts.")
            .withDefault("negative-for", Shape.duration(), "30d", "How long \"not found\" counts.")
            .withDefault(
                    "jitter",
                    Shape.decimal(0, FreshnessPolicy.MOST_JITTER),
                    "0",
                    "The part of these times by which they are shorter for some keys, so that what was bought in one night is"
                            + " not due in one night. 0.1 spreads ninety days over nine nights, for up to a tenth more calls.");

    /** The same keys without defaults: what a provider may have otherwise. */
    static final ObjectShape OVERRIDE = Shape.object("Freshness of this provider's answers where it differs.")
            .optional("confident-above", Shape.decimal(0, 1), "As freshness.confident-above.")
            .optional("confident-for", Shape.duration(), "As freshness.confident-for.")
            .optional("ordinary-for", Shape.duration(), "As freshness.ordinary-for.")
            .optional("negative-for", Shape.duration(), "As freshness.negative-for.")
            .optional("jitter", Shape.decimal(0, FreshnessPolicy.MOST_JITTER), "As freshness.jitter.");

    private FreshnessSettings() {}

    /** What the section says; the rest as in the base. */
    static FreshnessPolicy of(Tree tree, FreshnessPolicy base) {
        return new FreshnessPolicy(
                tree.find("confident-for").map(Tree::duration).orElse(base.confident()),
                tree.find("ordinary-for").map(Tree::duration).orElse(base.ordinary()),
                tree.find("confident-above").map(Tree::decimal).orElse(base.confidentAbove()),
                tree.find("negative-for").map(Tree::duration).orElse(base.negative()),
                tree.find("jitter").map(Tree::decimal).orElse(base.jitter()));
    }
}
