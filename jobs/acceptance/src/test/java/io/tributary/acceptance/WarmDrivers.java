package io.tributary.acceptance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Warm drivers, each of which runs one command at a time; there are as many as commands ran at once. Thread-safe. */
final class WarmDrivers implements AutoCloseable {
    private final Path folder;
    private final List<WarmDriver> all = new ArrayList<>();
    private final Deque<WarmDriver> idle = new ArrayDeque<>();

    /** @param folder for their logs */
    WarmDrivers(Path folder) {
        this.folder = folder;
    }

    /** The exit code of a command. */
    int run(List<String> arguments) throws IOException, InterruptedException {
        WarmDriver driver = taken();
        try {
            return driver.run(arguments);
        } finally {
            giveBack(driver);
        }
    }

    /** The warmest one first. */
    private synchronized WarmDriver taken() throws IOException {
        if (!idle.isEmpty()) {
            return idle.pop();
        }
        WarmDriver driver = WarmDriver.start(folder.resolve("warm-driver-" + (all.size() + 1) + ".log"));
        all.add(driver);
        return driver;
    }

    private synchronized void giveBack(WarmDriver driver) {
        if (driver.alive()) {
            idle.push(driver);
        }
    }

    /** What the commands printed. */
    String logs() {
        return folder.resolve("warm-driver-*.log").toString();
    }

    @Override
    public synchronized void close() {
        all.forEach(WarmDriver::close);
    }
}
