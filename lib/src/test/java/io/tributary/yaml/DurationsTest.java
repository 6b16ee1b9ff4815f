package io.tributary.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({"500ms,PT0.5S", "30s,PT30S", "15m,PT15M", "1h,PT1H", "30d,PT720H", "0s,PT0S"})
    void readsEachUnit(String text, Duration expected) {
        assertEquals(Optional.of(expected), Durations.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1 h", "-1s", "1.5h", "1w", "PT1H", "9999999999s", "1H"})
    void refusesAllElse(String text) {
        assertEquals(Optional.empty(), Durations.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "1 hr,1h",
        "30 Days,30d",
        "5min.,5m",
        "10,'10s, 10m, 10h or 10d'",
        "soon,'a number and ms, s, m, h or d, such as 15m'"
    })
    void proposesWhatWasMeant(String text, String remedy) {
        assertEquals(remedy, Durations.remedy(text));
    }

    @Property
    void readingWhatWasSpeltGivesTheSameDuration(@ForAll @LongRange(min = 0, max = 900_000_000) long millis) {
        Duration duration = Duration.ofMillis(millis);

        assertEquals(Optional.of(duration), Durations.parse(Durations.spell(duration)));
    }
}
