package io.tributary.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tributary.sandbox.world.Noise;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatencyTest {
    @Test
    void drawsHaveTheMedianAndThePercentileThatWereAskedFor() {
        Latency latency = new Latency(Duration.ofMillis(5), Duration.ofMillis(20));
        Noise noise = new Noise(7);
        long[] draws = LongStream.range(0, 100_000)
                .map(call -> latency.nanos(noise.at(call)))
                .sorted()
                .toArray();
        assertEquals(5e6, draws[50_000], 0.1e6);
        assertEquals(20e6, draws[99_000], 1e6);
    }

    @Test
    void aFixedLatencyNeverVaries() {
        Latency latency = Latency.fixed(Duration.ofMillis(5));
        assertEquals(5_000_000, latency.nanos(new Noise(1)));
        assertEquals(5_000_000, latency.nanos(new Noise(2)));
    }

    @Test
    void thePercentileIsNotBelowTheMedian() {
        Duration median = Duration.ofMillis(5);
        assertThrows(IllegalArgumentException.class, () -> new Latency(median, Duration.ofMillis(4)));
    }
}
