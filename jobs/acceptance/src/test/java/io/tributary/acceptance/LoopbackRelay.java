package io.tributary.acceptance;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Passes connections from {@link #HOST} on to the same port of 127.0.0.1, and can break as a network does: let nothing pass for
 * a while, or reset what is open and refuse what is new. Thread-safe.
 */
final class LoopbackRelay implements AutoCloseable {
    /** Whoever connects here passes through the relay. */
    static final String HOST = "127.0.0.2";

    private final int port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile ServerSocket door;
    private volatile boolean stalled;
    private volatile boolean closed;

    LoopbackRelay(int port) throws IOException {
        this.port = port;
        this.door = open(port);
        daemon(() -> serve(door), "relay-" + port);
    }

    /** Nothing passes from now on, in either direction, until told otherwise. */
    void stall(boolean yes) {
        stalled = yes;
    }

    /** Both ends of every connection see a reset, and nobody can connect, until {@linkplain #heal healed}. */
    void cut() throws IOException {
        door.close();
        for (Socket socket : open) {
            reset(socket);
        }
    }

    /** Connections are accepted again after a {@linkplain #cut cut}. */
    void heal() throws IOException {
        ServerSocket again = open(port);
        door = again;
        daemon(() -> serve(again), "relay-" + port);
    }

    private static ServerSocket open(int port) throws IOException {
        ServerSocket door = new ServerSocket();
        door.setReuseAddress(true);
        door.bind(new InetSocketAddress(InetAddress.getByName(HOST), port));
        return door;
    }

    private void serve(ServerSocket through) {
        while (!through.isClosed()) {
            try {
                Socket near = through.accept();
                Socket far = new Socket();
                // As Spark's own connections: else each message of a few bytes waits 40 ms for the answer to the one
                // before.
                near.setTcpNoDelay(true);
                far.setTcpNoDelay(true);
                open.add(near);
                open.add(far);
                if (through.isClosed()) {
                    // It came in while the network was being cut.
                    reset(near);
                }
                far.connect(new InetSocketAddress("127.0.0.1", port));
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
                while (stalled && !closed) {
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

    private static void reset(Socket socket) throws IOException {
        try {
            socket.setSoLinger(true, 0);
        } catch (SocketException closedMeanwhile) {
            return;
        }
        socket.close();
    }

    private static void daemon(Runnable action, String name) {
        Thread thread = new Thread(action, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        closed = true;
        door.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
