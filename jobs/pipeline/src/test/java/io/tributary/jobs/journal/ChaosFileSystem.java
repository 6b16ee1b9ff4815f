package io.tributary.jobs.journal;

import io.tributary.jobs.store.PlainLocalFileSystem;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * The local disk as {@code chaos://}, which fails or stalls when a file says so: {@code fail 0.5} refuses half of the writes,
 * {@code stall 2000} holds each up for two seconds. The file is named by {@code fs.chaos.orders}; without it nothing is wrong.
 */
public final class ChaosFileSystem extends PlainLocalFileSystem {
    private static final URI NAME = URI.create("chaos:///");

    @Override
    public String getScheme() {
        return "chaos";
    }

    @Override
    public URI getUri() {
        return NAME;
    }

    @Override
    protected OutputStream createOutputStreamWithMode(Path file, boolean append, FsPermission permission)
            throws IOException {
        obey();
        return super.createOutputStreamWithMode(file, append, permission);
    }

    private void obey() throws IOException {
        String order;
        try {
            order = Files.readString(java.nio.file.Path.of(getConf().get("fs.chaos.orders", "")))
                    .strip();
        } catch (NoSuchFileException nothingOrdered) {
            return;
        }
        double number = Double.parseDouble(order.substring(order.indexOf(' ') + 1));
        if (order.startsWith("stall ")) {
            LockSupport.parkNanos((long) (number * 1e6));
        } else if (ThreadLocalRandom.current().nextDouble() < number) {
            throw new IOException("no space, no network, no luck: as ordered");
        }
    }
}
