package io.tributary.sandbox.wire;

import java.util.Objects;

/**
 * One subject of an answered call and what its answer costs. Single and bulk calls about one subject carry the same
 * entity and input, so that paying twice for it shows.
 *
 * @param entity what was asked about, for instance {@code person} or {@code company}
 * @param input the normalised input of the question
 * @param status the status of this subject: that of the call, or the item's own in a batch
 * @param credits the price; zero when the provider gives this answer away
 * @param billedOnce whether the provider bills a subject once per billing period, however often it is read
 * @param truth what the answer means, which a client has to read out of its words
 */
public record Charge(String entity, String input, int status, double credits, boolean billedOnce, Truth truth) {
    public Charge {
        Objects.requireNonNull(entity, "entity");
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(truth, "truth");
        if (!(credits >= 0)) {
            throw new IllegalArgumentException("credits are never negative: " + credits);
        }
    }

    /** An answer that costs nothing. */
    public static Charge free(String entity, String input, int status) {
        return new Charge(entity, input, status, 0, false, Truth.of(status, false));
    }

    /** An answer that is paid again each time it is given. */
    public static Charge each(String entity, String input, int status, double credits) {
        return new Charge(entity, input, status, credits, false, Truth.of(status, credits > 0));
    }

    /** An answer that is paid the first time only. */
    public static Charge once(String entity, String input, int status, double credits) {
        return new Charge(entity, input, status, credits, true, Truth.of(status, credits > 0));
    }

    /** The same subject when its answer was not given: another status and no price. */
    public Charge unpaid(int status) {
        return new Charge(entity, input, status, 0, billedOnce, Truth.UNANSWERED);
    }

    /** The same price for an answer that comes later. */
    public Charge later() {
        return new Charge(entity, input, status, credits, billedOnce, Truth.LATER);
    }

    /** The same answer, paid for already. */
    public Charge paidBefore() {
        return new Charge(entity, input, status, 0, billedOnce, truth);
    }

    /** The same charge where status and price do not tell what the answer means. */
    public Charge meaning(Truth meant) {
        return new Charge(entity, input, status, credits, billedOnce, meant);
    }
}
