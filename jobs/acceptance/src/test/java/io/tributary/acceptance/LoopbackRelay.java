package io.tributary.acceptance;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Passes connections from {@link #HOST} on to the same port of 127.0.0.1, and can let nothing pass for a while, as a network
 * that is cut. Thread-safe.
 */
final class LoopbackRelay implements AutoCloseable {
    /** Whoever connects here passes through the relay. */
    static final String HOST = "127.0.0.2";

    private final ServerSocket door;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean stalled;

    LoopbackRelay(int port) throws IOException {
        this.door = new ServerSocket();
        door.setReuseAddress(true);
        door.bind(new InetSocketAddress(InetAddress.getByName(HOST), port));
        daemon(this::serve, "relay-" + port);
    }

    /** Nothing passes from now on, in either direction, until told otherwise. */
    void stall(boolean yes) {
        stalled = yes;
    }

    private void serve() {
        while (!door.isClosed()) {
            try {
                Socket near = door.accept();
                Socket far = new Socket();
                open.add(near);
                open.add(far);
                far.connect(new InetSocketAddress("127.0.0.1", door.getLocalPort()));
                daemon(() -> pass(near, far), "relay-out");
                daemon(() -> pass(far, near), "relay-in");
            } catch (IOException refusedOrClosed) {
                LockSupport.parkNanos(10_000_000);
            }
        }
    }

    private void pass(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] some = new byte[64 << 10];
            for (int read = in.read(some); read >= 0; read = in.read(some)) {
                while (stalled && !door.isClosed()) {
                    LockSupport.parkNanos(10_000_000);
                }
                out.write(some, 0, read);
            }
        } catch (IOException closedByOneSide) {
            // The other side is closed with it.
            return;
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private static void daemon(Runnable action, String name) {
        Thread thread = new Thread(action, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
