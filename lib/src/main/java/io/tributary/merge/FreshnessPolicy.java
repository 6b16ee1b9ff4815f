package io.tributary.merge;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * How long answers are good; each provider may have its own. An answer is good until, and not at, the moment when its
 * time is over. Failures have no time: they come again in the next run. Zero durations make every answer due at once.
 *
 * @param confident for data whose confidence lies above the bound
 * @param ordinary for other data
 * @param confidentAbove the bound, exclusive: data of exactly this confidence is ordinary
 * @param negative for "not found"
 */
public record FreshnessPolicy(Duration confident, Duration ordinary, double confidentAbove, Duration negative)
        implements Serializable {
    public static final Duration CONFIDENT = Duration.ofDays(90);
    public static final Duration ORDINARY = Duration.ofDays(30);
    public static final double CONFIDENT_ABOVE = 0.9;
    public static final Duration NEGATIVE = Duration.ofDays(30);

    public FreshnessPolicy {
        requireTime(confident, "confident");
        requireTime(ordinary, "ordinary");
        requireTime(negative, "negative");
        if (!(confidentAbove >= 0 && confidentAbove <= 1)) {
            throw new IllegalArgumentException("confidentAbove lies between 0 and 1, not at " + confidentAbove);
        }
    }

    private static void requireTime(Duration time, String name) {
        if (Objects.requireNonNull(time, name).isNegative()) {
            throw new IllegalArgumentException(name + " is a time to live and cannot be negative: " + time);
        }
    }

    /** 90 days above 0.9, 30 days otherwise, 30 days for "not found". */
    public static FreshnessPolicy defaults() {
        return new FreshnessPolicy(CONFIDENT, ORDINARY, CONFIDENT_ABOVE, NEGATIVE);
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
