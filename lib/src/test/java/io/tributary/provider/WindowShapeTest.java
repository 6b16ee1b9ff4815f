package io.tributary.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Quota windows as a provider's file writes them, and their mistakes. */
class WindowShapeTest {
    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of(
                        "a window of no time",
                        "{calls: 10, per: 1s}",
                        "{calls: 10, per: 0s}",
                        "acme.yaml:4 quota[0].per: is no time at all; write 1s"),
                Arguments.of(
                        "a window that midnight can't renew",
                        "{calls: 10, per: 1s}",
                        "{calls: 10, per: 7h, renews: clock}",
                        "acme.yaml:4 quota[0].per: does not part a day evenly, so midnight can't renew it; write 1h, 1d, or renews: sliding"),
                Arguments.of(
                        "a month that is a day",
                        "{calls: 10, per: 1s}",
                        "{calls: 10, per: 1d, renews: month}",
                        "acme.yaml:4 quota[0].per: is no month; write 30d"),
                Arguments.of(
                        "a zone that is none",
                        "{calls: 10, per: 1s}",
                        "{calls: 10, per: 1d, renews: clock, zone: Mars/Base}",
                        "acme.yaml:4 quota[0].zone: \"Mars/Base\" is no time zone; write UTC or a name such as America/New_York"),
                Arguments.of(
                        "a zone that says nothing",
                        "{calls: 10, per: 1s}",
                        "{calls: 10, per: 1d, zone: Europe/Paris}",
                        "acme.yaml:4 quota[0].zone: says nothing where no clock renews the window; add renews: clock or leave it out"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void tellsEveryMistakeOnceAndWhatToDo(String mistake, String good, String bad, String message) {
        assertEquals(message, String.join("\n", SpecFaultsTest.faults(SpecFaultsTest.GOOD.replace(good, bad))));
    }

    @Test
    void readsWindowsOfEveryKindAndTheHeadersOfEach() {
        ProviderSpec spec = ProviderSpec.parse("acme.yaml", SpecFaultsTest.GOOD.replace("[{calls: 10, per: 1s}]", """

                  - {calls: 10, per: 1s, refused: free}
                  - {calls: 600, per: 1h, per-key: true, counts: items, renews: first-call}
                  - {calls: 9000, per: 1d, renews: clock, zone: America/New_York}
                  - {calls: 90000, per: 30d, per-endpoint: true, renews: month}
                rate-headers:
                  - {per: 1s, limit: X-Limit, remaining: X-Left}
                  - {per: 1d, remaining: "X-All#day"}"""));
        Renewal newYork = new Renewal(Renewal.Kind.CLOCK, ZoneId.of("America/New_York"));
        assertEquals(
                List.of(
                        new QuotaWindow(10, Duration.ofSeconds(1), false, false, false, false, Renewal.SLIDING),
                        new QuotaWindow(
                                600,
                                Duration.ofHours(1),
                                false,
                                true,
                                true,
                                true,
                                new Renewal(Renewal.Kind.FIRST_CALL, ZoneOffset.UTC)),
                        new QuotaWindow(9000, Duration.ofDays(1), false, false, false, true, newYork),
                        new QuotaWindow(
                                90000,
                                Duration.ofDays(30),
                                true,
                                false,
                                false,
                                true,
                                new Renewal(Renewal.Kind.MONTH, ZoneOffset.UTC))),
                spec.windows());
        assertEquals(
                List.of(
                        new RateHeaderNames("X-Limit", "X-Left", "", Optional.of(Duration.ofSeconds(1))),
                        new RateHeaderNames("", "X-All#day", "", Optional.of(Duration.ofDays(1)))),
                spec.rateHeaders());
    }
}
