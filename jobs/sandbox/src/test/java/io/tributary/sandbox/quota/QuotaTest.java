package io.tributary.sandbox.quota;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class QuotaTest {
    private static final long START = 1_700_000_000_000_000_000L;

    @Property(tries = 300)
    void anyStretchOfASlidingWindowHoldsAtMostTheLimitAndNoRoomIsWasted(
            @ForAll @IntRange(min = 1, max = 7) int limit,
            @ForAll @Size(min = 1, max = 120) List<@IntRange(min = 0, max = 40) Integer> gaps) {
        long window = 100;
        Quota quota = new Quota(scope -> List.of(new Limit(limit, Duration.ofNanos(window), Limit.Kind.SLIDING)));
        List<Long> granted = new ArrayList<>();
        long now = START;
        for (int gap : gaps) {
            now += gap;
            long from = now - window;
            long inWindow = granted.stream().filter(time -> time > from).count();
            boolean room = inWindow < limit;
            assertEquals(room, quota.spend("any", now).granted());
            if (room) {
                granted.add(now);
            }
        }
    }

    @Property(tries = 300)
    void eachFixedWindowHoldsAtMostTheLimit(
            @ForAll @IntRange(min = 1, max = 7) int limit,
            @ForAll @Size(min = 1, max = 120) List<@IntRange(min = 0, max = 40) Integer> gaps) {
        Quota quota = new Quota(scope -> List.of(new Limit(limit, Duration.ofNanos(100), Limit.Kind.FIXED)));
        long now = START;
        long opened = Long.MIN_VALUE;
        int used = 0;
        for (int gap : gaps) {
            now += gap;
            if (opened == Long.MIN_VALUE || now - opened >= 100) {
                opened = now;
                used = 0;
            }
            assertEquals(used < limit, quota.spend("any", now).granted());
            used = Math.min(limit, used + 1);
        }
    }

    @Test
    void aRefusedCallCountsInNoWindow() {
        Quota quota = new Quota(scope -> Limit.parseAll("2/1s,3/1m", Limit.Kind.SLIDING));
        for (int call = 0; call < 10; call++) {
            quota.spend("any", START);
        }
        List<WindowUse> use = quota.use("any", START + 1);
        assertEquals(List.of(2, 2), use.stream().map(WindowUse::used).toList());
    }

    @Test
    void opensWhenTheLastFullWindowDoes() {
        Quota quota = new Quota(scope -> Limit.parseAll("1/1s,1/1m", Limit.Kind.SLIDING));
        quota.spend("any", START);
        Decision refused = quota.spend("any", START + 5);
        assertEquals(START + 60_000_000_000L, refused.opensAtNanos(START + 5));
    }

    @Test
    void aLargeRingGrowsWithoutForgetting() {
        Quota quota = new Quota(scope -> Limit.parseAll("5000/1m", Limit.Kind.SLIDING));
        for (int call = 0; call < 5000; call++) {
            assertTrue(quota.spend("any", START + call).granted());
        }
        assertTrue(!quota.spend("any", START + 5000).granted());
        assertEquals(5000, quota.peaks().get(0).used());
    }

    @Test
    void aMalformedLimitIsNamed() {
        var fault =
                assertThrows(IllegalArgumentException.class, () -> Limit.parseAll("15/1s,often", Limit.Kind.SLIDING));
        assertTrue(fault.getMessage().contains("often"), fault.getMessage());
    }
}
