package io.tributary.jobs.run;

import io.tributary.jobs.ask.Progress;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Shows the steps of a chunk under the chunk's name.
 *
 * @param chunk its name when a step begins; empty as long as there is only one or nobody knows
 */
record ChunkProgress(Progress shown, Supplier<String> chunk) implements Progress {
    @Override
    public Watch watch(String step, long total, LongSupplier done) {
        return shown.watch(named(step), total, done);
    }

    @Override
    public Watch busy(String step, Supplier<String> doing) {
        return shown.busy(named(step), doing);
    }

    private String named(String step) {
        String name = chunk.get();
        return name.isEmpty() ? step : name + ", " + step;
    }

    static String name(OpenBackfill open) {
        return open.chunks() == 1 ? "" : "chunk " + open.next() + " of " + open.chunks();
    }

    /**
     * How far a backfill is.
     *
     * @param before keys that were done when this command began
     * @param spent since then
     */
    static String line(OpenBackfill open, long before, Duration spent) {
        long done = open.keysBefore();
        long here = done - before;
        String left = here <= 0
                ? ""
                : ", about " + words(spent.multipliedBy(open.keys() - done).dividedBy(here)) + " left";
        return String.format(Locale.ROOT, "%s: %,d of %,d keys done%s", name(open), done, open.keys(), left);
    }

    private static String words(Duration time) {
        if (time.toHours() > 0) {
            return time.toHours() + " h " + time.toMinutesPart() + " min";
        }
        return time.toMinutes() > 0 ? time.toMinutes() + " min" : time.toSeconds() + " s";
    }
}
