package io.tributary.call;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The circuit of one provider in one process: opens after so many faults of the service in a row, and lets one trial through
 * when the wait is over. Faults are 5xx, no connection, no or no readable answer; never 4xx or 429. Thread-safe.
 */
public final class Breaker {
    private final CircuitBreaker circuit;
    private final Duration wait;

    /**
     * @param faults in a row that open it
     * @param wait until the trial
     */
    public Breaker(String provider, int faults, Duration wait, Clock clock) {
        CircuitBreakerConfig config = CircuitBreakerConfig.custom()
                .slidingWindowType(SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(faults)
                .minimumNumberOfCalls(faults)
                .failureRateThreshold(100)
                .permittedNumberOfCallsInHalfOpenState(1)
                .waitDurationInOpenState(wait)
                .automaticTransitionFromOpenToHalfOpenEnabled(false)
                .clock(clock)
                .currentTimestampFunction(c -> TimeUnit.MILLISECONDS.toNanos(c.millis()), TimeUnit.NANOSECONDS)
                .build();
        this.wait = wait;
        this.circuit = CircuitBreaker.of(provider, config);
    }

    /** What is shipped: 5 in a row, 60 s. */
    public static Breaker standard(String provider, Clock clock) {
        return new Breaker(provider, 5, Duration.ofSeconds(60), clock);
    }

    /** Whether a call may be sent; each yes is followed by exactly one of the reports below. */
    boolean tryCall() {
        return circuit.tryAcquirePermission();
    }

    void served() {
        circuit.onSuccess(0, TimeUnit.NANOSECONDS);
    }

    /** Returns how long the circuit stays open, if this fault opened it. */
    Optional<Duration> failed() {
        circuit.onError(0, TimeUnit.NANOSECONDS, new Fault());
        return circuit.getState() == CircuitBreaker.State.OPEN ? Optional.of(wait) : Optional.empty();
    }

    /** The call says nothing about the service's health. */
    void undecided() {
        circuit.releasePermission();
    }

    private static final class Fault extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Fault() {
            super("service fault", null, false, false);
        }
    }
}
