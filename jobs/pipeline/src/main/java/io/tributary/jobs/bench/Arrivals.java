package io.tributary.jobs.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.provider.QuotaWindow;
import io.tributary.quota.BestUse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * When the sandbox admitted calls, and when it refused some because a window was full.
 *
 * @param millis in order
 * @param refusedMillis in order
 */
record Arrivals(long[] millis, long[] refusedMillis) {
    /** From the sandbox's list of calls. */
    static Arrivals of(byte[] calls) throws IOException {
        ObjectMapper json = new ObjectMapper();
        LongStream.Builder admitted = LongStream.builder();
        LongStream.Builder refused = LongStream.builder();
        for (String line : new String(calls, StandardCharsets.UTF_8).split("\n")) {
            JsonNode call = line.isBlank() ? json.createObjectNode() : json.readTree(line);
            if (call.path("fate").asText().equals("refused_by_window")) {
                refused.add(call.path("time").asLong());
            } else if (call.has("time")) {
                admitted.add(call.path("time").asLong());
            }
        }
        return new Arrivals(
                admitted.build().sorted().toArray(), refused.build().sorted().toArray());
    }

    /** How many calls were refused. */
    int refused() {
        return refusedMillis.length;
    }

    /** When calls were refused, in seconds after the first one. */
    String refusedAt() {
        return Arrays.stream(refusedMillis)
                .mapToObj(at -> String.format(Locale.ROOT, "%.3f", (at - millis[0]) / 1000.0))
                .collect(Collectors.joining(", "));
    }

    /**
     * The part that was used of what the windows allow, from the first call until so few calls are left, or until so much
     * time is over.
     */
    double used(List<QuotaWindow> windows, int all, int left, Duration atMost) {
        if (millis.length == 0) {
            return 0;
        }
        long end = millis[0] + atMost.toMillis();
        int last = all - left;
        if (last > 0 && last <= millis.length) {
            end = Math.min(end, millis[last - 1]);
        }
        return (double) between(millis[0], end + 1)
                / BestUse.calls(windows, Duration.ofMillis(Math.max(1, end - millis[0])));
    }

    /** Calls a second between two times after the first call, both in seconds. */
    double perSecond(double from, double to) {
        return between(millis[0] + (long) (from * 1000), millis[0] + (long) (to * 1000)) / (to - from);
    }

    /** Calls in each second between two times after the first call, both in seconds. */
    String eachSecond(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(second -> Integer.toString((int) perSecond(second, second + 1)))
                .collect(Collectors.joining(" "));
    }

    private int between(long from, long to) {
        return (int) Arrays.stream(millis).filter(at -> at >= from && at < to).count();
    }
}
