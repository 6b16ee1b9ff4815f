package io.tributary.quota;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.provider.RateHeaderNames;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The published cases of Retry-After, rate-limit headers and dates; see {@code data/rate-headers/SOURCE.md}. */
class HeadersTest {
    private static final Instant NOW = Instant.parse("2026-11-23T02:00:00Z");

    @TestFactory
    Stream<DynamicTest> retryAfter() throws IOException {
        return cases("rate-headers/retry-after.json")
                .map(c -> DynamicTest.dynamicTest(c.get("name").asText(), () -> {
                    Map<String, List<String>> headers = headers(c.get("headers"));
                    Optional<String> date =
                            Optional.ofNullable(headers.get("Date")).map(values -> values.get(0));
                    Optional<Duration> read = RetryAfter.parse(
                            headers.get("Retry-After").get(0),
                            date,
                            Instant.parse(c.get("now").asText()));
                    JsonNode expected = c.get("expect_seconds");
                    assertEquals(
                            expected.isNull() ? Optional.empty() : Optional.of(Duration.ofSeconds(expected.asLong())),
                            read);
                }));
    }

    @TestFactory
    Stream<DynamicTest> rateLimit() throws IOException {
        return cases("rate-headers/ratelimit.json")
                .map(c -> DynamicTest.dynamicTest(c.get("name").asText(), () -> {
                    RateHeaders read = RateHeaders.read(headers(c.get("headers")), RateHeaders.COMMON, NOW);
                    List<RateHeaders.Policy> policies = new ArrayList<>();
                    c.get("policies")
                            .forEach(p -> policies.add(new RateHeaders.Policy(
                                    p.get("name").asText(),
                                    p.get("quota").asLong(),
                                    Duration.ofSeconds(p.get("window_s").asLong()))));
                    List<RateHeaders.Limit> limits = new ArrayList<>();
                    c.get("limits").forEach(l -> limits.add(limit(l, policies)));
                    assertEquals(policies, read.policies());
                    assertEquals(limits, read.limits());
                }));
    }

    /** The structured form tells a window's size and length in the policy of the same name. */
    private static RateHeaders.Limit limit(JsonNode limit, List<RateHeaders.Policy> policies) {
        Optional<RateHeaders.Policy> policy = policies.stream()
                .filter(each -> !each.name().isEmpty())
                .filter(each -> each.name().equals(limit.get("name").asText()))
                .findFirst();
        return new RateHeaders.Limit(
                limit.get("name").asText(),
                policy.map(RateHeaders.Policy::window),
                policy.map(each -> OptionalLong.of(each.quota())).orElse(number(limit, "quota")),
                number(limit, "remaining"),
                number(limit, "reset_s").stream().mapToObj(Duration::ofSeconds).findFirst());
    }

    @TestFactory
    Stream<DynamicTest> lenientDatesAreNeverAnExceptionNorAnEndlessPause() throws IOException {
        return cases("http-dates/examples.json")
                .map(c -> DynamicTest.dynamicTest(c.get("test").asText(), () -> {
                    Optional<Duration> read = RetryAfter.parse(c.get("test").asText(), Optional.empty(), NOW);
                    read.ifPresent(wait -> {
                        assertFalse(wait.isNegative());
                        assertTrue(wait.compareTo(RetryAfter.MOST) <= 0);
                    });
                }));
    }

    @Test
    void absurdWaitsAreCapped() {
        assertEquals(Optional.of(RetryAfter.MOST), RetryAfter.parse("99999999999999999999", Optional.empty(), NOW));
        assertEquals(
                Optional.of(RetryAfter.MOST), RetryAfter.parse("Fri, 31 Dec 9999 23:59:59 GMT", Optional.empty(), NOW));
    }

    @Test
    void aResetIsReadInEveryFormThatProvidersUse() {
        Duration minute = Duration.ofMinutes(1);
        for (String form : List.of(
                "60",
                "60.0",
                Long.toString(NOW.getEpochSecond() + 60),
                Long.toString(NOW.toEpochMilli() + 60_000),
                "2026-11-23T02:01:00Z",
                "Mon, 23 Nov 2026 02:01:00 GMT")) {
            assertEquals(Optional.of(minute), RateHeaders.resetIn(form, NOW), form);
        }
        assertEquals(Optional.empty(), RateHeaders.resetIn("{'minute': None}", NOW));
        assertEquals(Optional.of(Duration.ZERO), RateHeaders.resetIn("2020-01-01T00:00:00Z", NOW));
        assertEquals(Optional.of(RetryAfter.MOST), RateHeaders.resetIn("99999999999999999999", NOW));
    }

    @Test
    void aPauseHasAFloorACeilingAndJitterThatOnlyLengthensIt() {
        assertEquals(Duration.ofSeconds(1), Pause.length(Optional.of(Duration.ZERO), 1, 0));
        assertEquals(Duration.ofSeconds(4), Pause.length(Optional.empty(), 3, 0));
        assertEquals(Duration.ofMinutes(1), Pause.length(Optional.empty(), 60, 0));
        assertEquals(Duration.ofSeconds(30), Pause.length(Optional.of(Duration.ofSeconds(30)), 1, 0));
        assertTrue(Pause.length(Optional.of(Duration.ofSeconds(30)), 1, 0.99).compareTo(Duration.ofSeconds(33)) < 0);
        assertTrue(Pause.length(Optional.of(Duration.ofDays(99)), 1, 0.99).compareTo(Duration.ofHours(25)) < 0);
    }

    @Test
    void backoffIsUniformBelowADoublingBoundWithACap() {
        assertEquals(Duration.ZERO, Backoff.DEFAULT.after(1, 0));
        assertEquals(Duration.ofMillis(500), Backoff.DEFAULT.after(1, 0.5));
        assertEquals(Duration.ofSeconds(2), Backoff.DEFAULT.after(3, 0.5));
        assertEquals(Duration.ofSeconds(15), Backoff.DEFAULT.after(50, 0.5));
    }

    private static OptionalLong number(JsonNode node, String name) {
        JsonNode value = node.path(name);
        return value.isNumber() ? OptionalLong.of(value.asLong()) : OptionalLong.empty();
    }

    private static Map<String, List<String>> headers(JsonNode node) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        node.properties()
                .forEach(header ->
                        headers.put(header.getKey(), List.of(header.getValue().asText())));
        return headers;
    }

    private static Stream<JsonNode> cases(String file) throws IOException {
        try (InputStream in = HeadersTest.class.getResourceAsStream("/data/" + file)) {
            List<JsonNode> cases = new ArrayList<>();
            new ObjectMapper().readTree(in).forEach(cases::add);
            return cases.stream();
        }
    }

    /** People Data Labs, by its fact sheet: JSON, or words of Python. */
    @Test
    void aMemberOfAnObjectInAHeaderIsRead() {
        RateHeaderNames minute =
                new RateHeaderNames("X-Limit#minute", "X-Left#minute", "X-Reset", Optional.of(Duration.ofMinutes(1)));
        for (String left : List.of("{'minute': 99, 'day': None, 'month': None}", "{\"minute\":99,\"day\":null}")) {
            Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            headers.put("X-Limit", List.of("{'minute': 100, 'day': None}"));
            headers.put("X-Left", List.of(left));
            assertEquals(
                    List.of(new RateHeaders.Limit(
                            "",
                            Optional.of(Duration.ofMinutes(1)),
                            OptionalLong.of(100),
                            OptionalLong.of(99),
                            Optional.empty())),
                    RateHeaders.read(headers, List.of(minute), NOW).limits());
            RateHeaderNames day = new RateHeaderNames("", "X-Left#day", "");
            assertEquals(List.of(), RateHeaders.read(headers, List.of(day), NOW).limits(), "none is not nothing left");
        }
    }
}
