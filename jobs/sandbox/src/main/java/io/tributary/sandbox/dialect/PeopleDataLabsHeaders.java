package io.tributary.sandbox.dialect;

import io.tributary.sandbox.quota.WindowUse;
import io.tributary.sandbox.wire.Charge;
import io.tributary.sandbox.wire.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What People Data Labs says in headers: an object in one value, a reset as a time, and credits. */
final class PeopleDataLabsHeaders {
    static final String RESET = "x-ratelimit-reset";

    private PeopleDataLabsHeaders() {}

    static Map<String, String> windows(List<WindowUse> windows, boolean json) {
        Map<String, String> headers = new LinkedHashMap<>();
        RateHeaders.tightest(windows).ifPresent(tightest -> {
            headers.put("x-ratelimit-limit", object(windows, use -> use.limit().calls(), json));
            headers.put("x-ratelimit-remaining", object(windows, WindowUse::remaining, json));
            headers.put(
                    RESET,
                    Instant.ofEpochSecond(Long.parseLong(RateHeaders.epochSeconds(tightest.resetsAtNanos())))
                            .toString());
        });
        return headers;
    }

    private static String object(List<WindowUse> windows, ToIntFunction<WindowUse> value, boolean json) {
        return Stream.of(
                        member("minute", Duration.ofMinutes(1), windows, value, json),
                        member("day", Duration.ofDays(1), windows, value, json),
                        member("month", Duration.ofDays(30), windows, value, json))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String member(
            String name, Duration length, List<WindowUse> windows, ToIntFunction<WindowUse> value, boolean json) {
        Optional<String> number = windows.stream()
                .filter(use -> use.limit().window().equals(length))
                .findFirst()
                .map(use -> Integer.toString(value.applyAsInt(use)));
        String quote = json ? "\"" : "'";
        return quote + name + quote + ": " + number.orElse(json ? "null" : "None");
    }

    /** The reply with what it cost and what is left, and now and then with windows in JSON. */
    static Reply counted(Reply reply, PeopleDataLabsEntity entity, Operation operation, Desk desk) {
        double spent = reply.charges().stream().mapToDouble(Charge::credits).sum();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("x-call-credits-spent", Long.toString((long) spent));
        headers.put("x-call-credits-type", entity.creditsType());
        headers.put("x-lifetime-used", Long.toString((long) (desk.creditsUsed() + spent)));
        headers.put("x-totallimit-remaining", Long.toString((long) Math.max(0, desk.creditsLeft() - spent)));
        String call = operation.name() + "|" + desk.now() + "|"
                + reply.charges().stream().map(Charge::input).findFirst().orElse("");
        if (desk.shows(PeopleDataLabsQuirks.JSON_HEADERS, call)) {
            headers.putAll(windows(desk.use().apply(operation.scope()), true));
        }
        return reply.withHeaders(headers);
    }
}
