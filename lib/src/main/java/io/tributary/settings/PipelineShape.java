package io.tributary.settings;

import io.tributary.yaml.ObjectShape;
import io.tributary.yaml.Shape;

/** The whole of {@code pipeline.yaml}: the sections in the order of the reference page. */
public final class PipelineShape {

    /** The shape of the file. */
    public static final ObjectShape SHAPE = Shape.object("The settings of a pipeline.")
            .required("lake", LakeSettings.SHAPE, "Where the tables are.")
            .required("sources", Shape.someOf(SourceSettings.SHAPE), "The extracts to read.")
            .required(
                    "providers",
                    Shape.entries(
                            Shape.matching("[a-z0-9][a-z0-9-]*", "a provider's name: small letters, digits and dashes"),
                            ProviderSettings.SHAPE),
                    "The services to ask, by name.")
            .required(
                    "waterfall",
                    WaterfallSettings.SHAPE,
                    "Whom to ask, in which order; the next one is asked when one has nothing, or not all that is wanted.")
            .withDefault("freshness", FreshnessSettings.SHAPE, "{}", "How long an answer counts.")
            .withDefault("merge", MergeSettings.SHAPE, "{}", "Which provider values reach the golden tables.")
            .withDefault("budget", BudgetSettings.SHAPE, "{}", "What may be spent, and on whom first.")
            .withDefault("sharing", SharingSettings.SHAPE, "{}", "How quotas are shared with other runs.")
            .withDefault(
                    "currency",
                    Shape.matching("[A-Z]{3}", "three capital letters such as EUR"),
                    "USD",
                    "The currency of every price-per-credit.")
            .withDefault("journal", JournalSettings.SHAPE, "{}", "The journal that every paid answer goes into first.")
            .withDefault("limits", LimitSettings.SHAPE, "{}", "How hard a provider is tried, how much is done at once.")
            .withDefault("life-cycle", LifeCycleSettings.SHAPE, "{}", "Which living records are left alone.")
            .withDefault(
                    "retention", RetentionSettings.SHAPE, "{}", "How long maintain leaves what is no longer needed.")
            .withDefault("http", HttpSettings.SHAPE, "{}", "The way out to the providers.")
            .withDefault(
                    "allow-test-hosts",
                    Shape.flag(),
                    "false",
                    "Whether reserved hosts such as example.com may be sent to a provider.")
            .withDefault(
                    "unknown-outcome",
                    Shape.oneOf(UnknownOutcome.class),
                    "by-spec",
                    "What becomes of an ask that may have been billed but got no answer: the spec's own rule, ask again,"
                            + " or hold it for a person.");

    private PipelineShape() {}
}
