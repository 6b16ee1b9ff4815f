package io.tributary.order;

import java.io.Serializable;

/**
 * What became of some asks at one provider.
 *
 * @param asked answers that say something: those with data, and "not found"; failures don't count
 * @param hits those that brought something that is wanted
 * @param enough those after which nobody else would be needed; at most {@code hits}
 * @param credits what all of them cost
 */
public record Tally(long asked, long hits, long enough, double credits) implements Serializable {
    /** Nobody was asked. */
    public static final Tally NONE = new Tally(0, 0, 0, 0);

    public Tally {
        if (enough < 0 || enough > hits || hits > asked || !(credits >= 0)) {
            throw new IllegalArgumentException("what was enough is part of the hits, and these of what was asked: "
                    + asked + " asked, " + hits + " hits, " + enough + " enough, " + credits + " credits");
        }
    }

    /** Both together. */
    public Tally plus(Tally other) {
        return new Tally(asked + other.asked, hits + other.hits, enough + other.enough, credits + other.credits);
    }
}
