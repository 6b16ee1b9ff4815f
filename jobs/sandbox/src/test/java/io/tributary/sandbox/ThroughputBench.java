package io.tributary.sandbox;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;

/**
 * How many calls the server answers per second of its own processor time: person look-ups by POST, one body of JSON each,
 * a new person every time, one event loop, several connections without pipelining. Run {@code main} for a longer look.
 */
final class ThroughputBench {
    private static final int CONNECTIONS = 64;
    private static final String URI = "/example/v1/person/enrich";
    private static final String KEY = "X-API-Key: sandbox-example-key";

    private ThroughputBench() {}

    /**
     * One measurement.
     *
     * @param serverNanos processor time of the event loop
     * @param wallNanos time that passed, with the client on the same machine
     */
    record Figure(int calls, long serverNanos, long wallNanos) {
        double callsPerCoreSecond() {
            return calls * 1e9 / serverNanos;
        }

        @Override
        public String toString() {
            return String.format(
                    "%,d calls: %,.0f per second of server processor time, %,.0f per second of wall time, %.1f µs each",
                    calls, callsPerCoreSecond(), calls * 1e9 / wallNanos, serverNanos / 1000.0 / calls);
        }
    }

    public static void main(String[] arguments) throws IOException {
        System.out.println(measure(200_000, 1_000_000));
    }

    static Figure measure(int warmUp, int calls) throws IOException {
        try (SandboxServer server = SandboxServer.start(
                SandboxOptions.builder().quotasOff().threads(1).build())) {
            List<RawSocket> sockets = new ArrayList<>();
            try {
                for (int i = 0; i < CONNECTIONS; i++) {
                    sockets.add(new RawSocket(server.port()));
                }
                ask(sockets, 0, warmUp);
                long before = serverNanos();
                long start = System.nanoTime();
                ask(sockets, warmUp, calls);
                return new Figure(calls, serverNanos() - before, System.nanoTime() - start);
            } finally {
                for (RawSocket socket : sockets) {
                    socket.close();
                }
            }
        }
    }

    private static void ask(List<RawSocket> sockets, int from, int calls) throws IOException {
        for (int done = 0; done < calls; done += sockets.size()) {
            int wave = Math.min(sockets.size(), calls - done);
            for (int i = 0; i < wave; i++) {
                int person = from + done + i;
                sockets.get(i)
                        .write("POST", URI, KEY, "{\"email\":\"p" + person + ".last@c" + person % 5000 + ".example\"}");
            }
            for (int i = 0; i < wave; i++) {
                sockets.get(i).read();
            }
        }
    }

    private static long serverNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long sum = 0;
        for (long id : threads.getAllThreadIds()) {
            var info = threads.getThreadInfo(id);
            if (info != null && info.getThreadName().startsWith("sandbox-")) {
                sum += Math.max(0, threads.getThreadCpuTime(id));
            }
        }
        return sum;
    }
}
