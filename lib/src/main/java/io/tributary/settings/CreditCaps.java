package io.tributary.settings;

import io.tributary.yaml.ObjectShape;
import io.tributary.yaml.Shape;
import io.tributary.yaml.Tree;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * The most credits that may be spent, in one run, in a day and in a month; empty for no such cap.
 *
 * @param perRun 0 or more
 * @param perDay 0 or more
 * @param perMonth 0 or more
 */
public record CreditCaps(OptionalDouble perRun, OptionalDouble perDay, OptionalDouble perMonth) {
    public static final String RUN = "max-credits-per-run";
    public static final String DAY = "max-credits-per-day";
    public static final String MONTH = "max-credits-per-month";

    public CreditCaps {
        Objects.requireNonNull(perRun, "perRun");
        Objects.requireNonNull(perDay, "perDay");
        Objects.requireNonNull(perMonth, "perMonth");
    }

    static ObjectShape into(ObjectShape shape, String run, String day, String month) {
        Shape credits = Shape.decimal(0, Double.MAX_VALUE);
        return shape.optional(RUN, credits, run).optional(DAY, credits, day).optional(MONTH, credits, month);
    }

    static CreditCaps of(Tree tree) {
        return new CreditCaps(cap(tree, RUN), cap(tree, DAY), cap(tree, MONTH));
    }

    private static OptionalDouble cap(Tree tree, String name) {
        return tree.find(name).map(cap -> OptionalDouble.of(cap.decimal())).orElse(OptionalDouble.empty());
    }
}
