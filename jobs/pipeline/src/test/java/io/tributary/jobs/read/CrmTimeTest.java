package io.tributary.jobs.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrmTimeTest {
    @ParameterizedTest
    @CsvSource({
        "2024-01-23T02:21:49.000+0000,2024-01-23T02:21:49Z",
        "2024-01-23T02:21:49Z,2024-01-23T02:21:49Z",
        "2024-01-23T02:21:49+02:00,2024-01-23T00:21:49Z",
        "2020-12-30 3:15:52,2020-12-30T03:15:52Z",
        "2019-09-10 22:01:17.446,2019-09-10T22:01:17.446Z",
        "2020-01-14 08:15,2020-01-14T08:15:00Z",
        "2020-01-14,2020-01-14T00:00:00Z",
    })
    void readsWhatCrmsWrite(String text, Instant time) {
        assertEquals(Optional.of(time), CrmTime.read(text));
    }

    @ParameterizedTest
    @CsvSource({"yesterday", "2020-13-01", "14.01.2020", "2020-01-14T08:15:00Zx"})
    void doesNotGuess(String text) {
        assertEquals(Optional.empty(), CrmTime.read(text));
    }
}
