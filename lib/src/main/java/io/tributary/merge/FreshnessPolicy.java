package io.tributary.merge;

import io.tributary.model.LookupKey;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * How long answers are good; each provider may have its own. An answer is good until, and not at, the moment when its
 * time is over. Failures have no time: they come again in the next run. Zero durations make every answer due at once.
 *
 * <p>What was bought in one night would come due in one night. So the time of each key is a little shorter than the settings
 * say, by a part of it that follows from the key alone: never longer, for nobody was promised an older answer.
 *
 * @param confident for data whose confidence lies above the bound
 * @param ordinary for other data
 * @param confidentAbove the bound, exclusive: data of exactly this confidence is ordinary
 * @param negative for "not found"
 * @param jitter the part of these times, from 0 to {@link #MOST_JITTER}, by which they are shorter for some keys
 */
public record FreshnessPolicy(
        Duration confident, Duration ordinary, double confidentAbove, Duration negative, double jitter)
        implements Serializable {
    public static final Duration CONFIDENT = Duration.ofDays(90);
    public static final Duration ORDINARY = Duration.ofDays(30);
    public static final double CONFIDENT_ABOVE = 0.9;
    public static final Duration NEGATIVE = Duration.ofDays(30);

    public static final double MOST_JITTER = 0.5;

    public FreshnessPolicy {
        requireTime(confident, "confident");
        requireTime(ordinary, "ordinary");
        requireTime(negative, "negative");
        if (!(confidentAbove >= 0 && confidentAbove <= 1)) {
            throw new IllegalArgumentException("confidentAbove lies between 0 and 1, not at " + confidentAbove);
        }
        if (!(jitter >= 0 && jitter <= MOST_JITTER)) {
            throw new IllegalArgumentException("jitter lies between 0 and " + MOST_JITTER + ", not at " + jitter);
        }
    }

    /** Without jitter. */
    public FreshnessPolicy(Duration confident, Duration ordinary, double confidentAbove, Duration negative) {
        this(confident, ordinary, confidentAbove, negative, 0);
    }

    private static void requireTime(Duration time, String name) {
        if (Objects.requireNonNull(time, name).isNegative()) {
            throw new IllegalArgumentException(name + " is a time to live and cannot be negative: " + time);
        }
    }

    /** 90 days above 0.9, 30 days otherwise, 30 days for "not found"; without jitter. */
    public static FreshnessPolicy defaults() {
        return new FreshnessPolicy(CONFIDENT, ORDINARY, CONFIDENT_ABOVE, NEGATIVE);
    }

    /** The policy for one key: the same on every night and for every provider, so that the key is asked about once. */
    public FreshnessPolicy forKey(LookupKey key) {
        if (jitter == 0) {
            return this;
        }
        // Not the head of the hash: by that keys are put into buckets, and a bucket would come due at once.
        double part = Integer.toUnsignedLong(Integer.parseUnsignedInt(key.hash().substring(56), 16)) / 0x1p32;
        double kept = 1 - jitter * part;
        return new FreshnessPolicy(
                times(confident, kept), times(ordinary, kept), confidentAbove, times(negative, kept), 0);
    }

    private static Duration times(Duration time, double part) {
        return Duration.ofMillis(Math.round(time.toMillis() * part));
    }

    /** What the last answer, if any, means at a moment for a question with those inputs. */
    public KeyState stateOf(Optional<LastAnswer> last, Instant asOf, String inputsHash) {
        return last.map(answer -> stateOf(answer, asOf, inputsHash)).orElse(KeyState.NEVER_ASKED);
    }

    private KeyState stateOf(LastAnswer last, Instant asOf, String inputsHash) {
        boolean good = expiresAt(last).filter(asOf::isBefore).isPresent();
        return switch (last.outcome()) {
            case MATCHED, PARTIAL -> good ? KeyState.FRESH : KeyState.STALE;
            case NOT_FOUND -> good ? KeyState.NEGATIVE : KeyState.NEGATIVE_EXPIRED;
            case REJECTED -> last.inputsHash().equals(inputsHash) ? KeyState.REJECTED : KeyState.NEVER_ASKED;
            case FAILED -> KeyState.FAILED;
            case PENDING -> KeyState.PENDING;
            case UNKNOWN -> KeyState.UNKNOWN;
            case SUPPRESSED -> KeyState.SUPPRESSED;
        };
    }

    /** When the answer is due again; empty for those that time alone does not make due. */
    public Optional<Instant> expiresAt(LastAnswer last) {
        return switch (last.outcome()) {
            case MATCHED, PARTIAL ->
                Optional.of(last.fetchedAt().plus(last.confidence() > confidentAbove ? confident : ordinary));
            case NOT_FOUND -> Optional.of(last.fetchedAt().plus(negative));
            case REJECTED, FAILED, PENDING, UNKNOWN, SUPPRESSED -> Optional.empty();
        };
    }
}
