package io.tributary.acceptance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All ways from executors to their driver.
 *
 * @param spark settings by which the driver is found at another address, from which the relays pass everything on
 */
record Relays(List<LoopbackRelay> all, Map<String, String> spark) implements AutoCloseable {
    Relays {
        all = List.copyOf(all);
        spark = Map.copyOf(spark);
    }

    /** Executors reach their driver without a relay. */
    static Relays none() {
        return new Relays(List.of(), Map.of());
    }

    static Relays open() throws IOException {
        Map<String, String> settings = new HashMap<>(Map.of("spark.driver.host", LoopbackRelay.HOST));
        List<LoopbackRelay> relays = new ArrayList<>();
        for (String port : List.of("spark.driver.port", "spark.driver.blockManager.port")) {
            int free;
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
                free = socket.getLocalPort();
            }
            relays.add(new LoopbackRelay(free));
            settings.put(port, Integer.toString(free));
        }
        return new Relays(relays, settings);
    }

    @Override
    public void close() throws IOException {
        for (LoopbackRelay relay : all) {
            relay.close();
        }
    }
}
