package io.tributary.jobs.cli;

import io.tributary.jobs.ask.Progress;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** A line that moves on a terminal; a line every 30 seconds elsewhere. */
final class ConsoleProgress implements Progress {
    private static final int WIDTH = 78;

    private final PrintStream out;
    private final boolean terminal;

    ConsoleProgress(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    @Override
    public Watch watch(String step, long total, LongSupplier done) {
        return shown(spent -> counted(step, Math.min(total, done.getAsLong()), total, spent));
    }

    @Override
    public Watch busy(String step, Supplier<String> doing) {
        return shown(spent -> step + ": " + spent.toSeconds() + "s, " + doing.get());
    }

    private Watch shown(Function<Duration, String> line) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(action -> {
            Thread thread = new Thread(action, "tributary-progress");
            thread.setDaemon(true);
            return thread;
        });
        long from = System.nanoTime();
        long every = terminal ? 1 : 30;
        timer.scheduleAtFixedRate(
                () -> show(line.apply(Duration.ofNanos(System.nanoTime() - from))), every, every, TimeUnit.SECONDS);
        return () -> {
            timer.shutdownNow();
            if (terminal) {
                out.print("\r" + " ".repeat(WIDTH) + "\r");
                out.flush();
            }
        };
    }

    private static String counted(String step, long done, long total, Duration spent) {
        String eta = done == 0
                ? "?"
                : spent.multipliedBy(total - done).dividedBy(done).toSeconds() + "s left";
        return String.format(Locale.ROOT, "%s: %,d of %,d keys, %ds, %s", step, done, total, spent.toSeconds(), eta);
    }

    private void show(String line) {
        out.print(terminal ? "\r" + line + "    " : line + System.lineSeparator());
        out.flush();
    }
}
