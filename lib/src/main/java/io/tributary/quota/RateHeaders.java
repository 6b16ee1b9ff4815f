package io.tributary.quota;

import io.tributary.provider.RateHeaderNames;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a response's headers say about the quota: the {@code RateLimit} and {@code RateLimit-Policy} fields of
 * draft-ietf-httpapi-ratelimit-headers, and the older three-header form under any names. Tolerant: whatever cannot be
 * understood is left out.
 *
 * @param policies the windows that the provider states
 * @param limits what it says is left of them
 */
public record RateHeaders(List<Policy> policies, List<Limit> limits) {
    /** A window: {@code quota} calls per {@code window}. */
    public record Policy(String name, long quota, Duration window) {}

    /**
     * What is left.
     *
     * @param name empty in the three-header form
     * @param per the window's length, if it is known
     * @param reset until the window is new, if it was said
     */
    public record Limit(
            String name, Optional<Duration> per, OptionalLong quota, OptionalLong remaining, Optional<Duration> reset) {
        public Limit {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(per, "per");
        }
    }

    /** The three-header families that are common enough to need no mention in a provider's file. */
    public static final List<RateHeaderNames> COMMON = List.of(
            new RateHeaderNames("X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"),
            new RateHeaderNames("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"));

    private static final double UNIX_SECONDS_FROM = 1e8;
    private static final double UNIX_MILLIS_FROM = 1e11;

    public RateHeaders {
        policies = List.copyOf(policies);
        limits = List.copyOf(limits);
    }

    /**
     * Reads the headers of one response.
     *
     * @param headers by name; the map ignores case
     */
    public static RateHeaders read(Map<String, List<String>> headers, List<RateHeaderNames> families, Instant now) {
        List<Policy> policies = new ArrayList<>();
        List<Limit> limits = new ArrayList<>();
        for (FieldItem item : items(headers, "RateLimit-Policy")) {
            policy(item.name(), item.number("q"), item.number("w")).ifPresent(policies::add);
        }
        for (FieldItem item : items(headers, "RateLimit")) {
            Optional<Policy> policy = policies.stream()
                    .filter(each -> each.name().equals(item.name()))
                    .findFirst();
            limits.add(new Limit(
                    item.name(),
                    policy.map(Policy::window),
                    policy.map(each -> OptionalLong.of(each.quota())).orElse(OptionalLong.empty()),
                    item.number("r"),
                    seconds(item.number("t"))));
        }
        for (RateHeaderNames names : families) {
            threeHeaders(headers, names, now, policies, limits);
        }
        return new RateHeaders(policies, limits);
    }

    /** How long nobody should call because a window is used up; empty while every window has calls left. */
    public Optional<Duration> untilReset() {
        return limits.stream()
                .filter(limit ->
                        limit.remaining().isPresent() && limit.remaining().getAsLong() == 0)
                .flatMap(limit -> limit.reset().stream())
                .max(Duration::compareTo);
    }

    /** The longest stated wait until a window is new, used up or not: for a 429 without a better word. */
    public Optional<Duration> reset() {
        return untilReset().or(() -> limits.size() == 1 ? limits.get(0).reset() : Optional.empty());
    }

    private static void threeHeaders(
            Map<String, List<String>> headers,
            RateHeaderNames names,
            Instant now,
            List<Policy> policies,
            List<Limit> limits) {
        List<FieldItem> limit = names.limit().indexOf('#') < 0
                ? items(headers, names.limit())
                : first(headers, names.limit())
                        .map(value -> List.of(new FieldItem(value, Map.of())))
                        .orElse(List.of());
        OptionalLong remaining =
                first(headers, names.remaining()).map(RateHeaders::whole).orElse(OptionalLong.empty());
        Optional<Duration> reset = first(headers, names.reset()).flatMap(text -> resetIn(text, now));
        OptionalLong quota =
                limit.isEmpty() ? OptionalLong.empty() : whole(limit.get(0).name());
        if (quota.isPresent() || remaining.isPresent() || reset.isPresent()) {
            limits.add(new Limit("", names.per(), quota, remaining, reset));
        }
        for (FieldItem item : limit) {
            policy("", whole(item.name()), item.number("w")).ifPresent(policies::add);
        }
    }

    /** A reset as seconds from now, Unix seconds or milliseconds, an ISO 8601 instant or an HTTP date. */
    static Optional<Duration> resetIn(String text, Instant now) {
        OptionalDouble number = number(text);
        if (number.isPresent()) {
            double value = number.getAsDouble();
            if (value < UNIX_SECONDS_FROM) {
                return Optional.of(RetryAfter.bounded(Duration.ofMillis((long) (value * 1000))));
            }
            double millis = value < UNIX_MILLIS_FROM ? value * 1000 : value;
            return Optional.of(millis > 1e15 ? RetryAfter.MOST : between(now, Instant.ofEpochMilli((long) millis)));
        }
        try {
            return Optional.of(between(now, Instant.parse(text)));
        } catch (DateTimeException notIso) {
            return HttpDates.parse(text, now).map(until -> between(now, until));
        }
    }

    private static Duration between(Instant now, Instant until) {
        return RetryAfter.bounded(Duration.between(now, until));
    }

    private static Optional<Policy> policy(String name, OptionalLong quota, OptionalLong window) {
        if (quota.isEmpty() || window.isEmpty() || window.getAsLong() > Integer.MAX_VALUE) {
            return Optional.empty();
        }
        return Optional.of(new Policy(name, quota.getAsLong(), Duration.ofSeconds(window.getAsLong())));
    }

    private static Optional<Duration> seconds(OptionalLong seconds) {
        return seconds.isEmpty()
                ? Optional.empty()
                : Optional.of(RetryAfter.bounded(Duration.ofSeconds(seconds.getAsLong())));
    }

    private static Optional<String> first(Map<String, List<String>> headers, String name) {
        int mark = name.indexOf('#');
        String header = mark < 0 ? name : name.substring(0, mark);
        Optional<String> value = headers.getOrDefault(header, List.of()).stream()
                .map(String::strip)
                .findFirst();
        return mark < 0 ? value : value.flatMap(object -> member(object, name.substring(mark + 1)));
    }

    /** A number of an object as JSON or Python writes it; a window that is not used has none. */
    private static Optional<String> member(String object, String name) {
        Matcher matcher = Pattern.compile("[\"']" + Pattern.quote(name) + "[\"']\\s*:\\s*([0-9]+)")
                .matcher(object);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static OptionalDouble number(String text) {
        boolean plain = text.length() <= 20 && text.matches("[0-9]+(\\.[0-9]+)?");
        return plain ? OptionalDouble.of(Double.parseDouble(text)) : OptionalDouble.empty();
    }

    private static OptionalLong whole(String text) {
        OptionalInt bad = text.chars().filter(c -> c < '0' || c > '9').findFirst();
        return text.isEmpty() || text.length() > 18 || bad.isPresent()
                ? OptionalLong.empty()
                : OptionalLong.of(Long.parseLong(text));
    }

    private static List<FieldItem> items(Map<String, List<String>> headers, String name) {
        return headers.getOrDefault(name, List.of()).stream()
                .flatMap(value -> FieldItem.list(value).stream())
                .toList();
    }

    /** One item of a structured field list, RFC 9651: as much of it as rate-limit fields use. */
    record FieldItem(String name, Map<String, String> parameters) {
        static List<FieldItem> list(String value) {
            return split(value, ',').stream()
                    .map(FieldItem::parse)
                    .filter(item -> !item.name().isEmpty())
                    .toList();
        }

        OptionalLong number(String parameter) {
            return whole(parameters.getOrDefault(parameter, ""));
        }

        private static FieldItem parse(String text) {
            List<String> parts = split(text, ';');
            Map<String, String> parameters = new java.util.HashMap<>();
            for (String part : parts.subList(1, parts.size())) {
                int equals = part.indexOf('=');
                if (equals > 0) {
                    parameters.put(part.substring(0, equals), part.substring(equals + 1));
                }
            }
            String name = parts.get(0);
            boolean quoted = name.length() >= 2 && name.startsWith("\"") && name.endsWith("\"");
            return new FieldItem(quoted ? name.substring(1, name.length() - 1) : name, parameters);
        }

        private static List<String> split(String text, char separator) {
            List<String> parts = new ArrayList<>();
            boolean quoted = false;
            int start = 0;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '"') {
                    quoted = !quoted;
                } else if (c == separator && !quoted) {
                    parts.add(text.substring(start, i).strip());
                    start = i + 1;
                }
            }
            parts.add(text.substring(start).strip());
            return parts;
        }
    }
}
