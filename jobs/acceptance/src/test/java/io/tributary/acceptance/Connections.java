package io.tributary.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Which connections a process has open, as Linux tells it. */
final class Connections {
    private static final String SOCKET = "socket:[";

    private Connections() {}

    /**
     * The process's own ports of its connections to a port of this machine.
     *
     * @return empty where that can't be told
     */
    static Optional<Set<Integer>> of(ProcessHandle process, int to) {
        Path proc = Path.of("/proc", Long.toString(process.pid()));
        try {
            Set<String> sockets = sockets(proc.resolve("fd"));
            Set<Integer> ports = new HashSet<>();
            for (String table : List.of("tcp", "tcp6")) {
                for (String line : Files.readAllLines(proc.resolve("net").resolve(table))) {
                    // Number, local address, remote address; the tenth is the socket.
                    String[] fields = line.strip().split("\\s+");
                    if (fields.length > 9 && sockets.contains(fields[9]) && port(fields[2]) == to) {
                        ports.add(port(fields[1]));
                    }
                }
            }
            return Optional.of(ports);
        } catch (IOException noSuchProcessOrNotLinux) {
            return Optional.empty();
        }
    }

    private static Set<String> sockets(Path descriptors) throws IOException {
        Set<String> sockets = new HashSet<>();
        try (Stream<Path> open = Files.list(descriptors)) {
            for (Path each : open.toList()) {
                String target = Files.isSymbolicLink(each)
                        ? Files.readSymbolicLink(each).toString()
                        : "";
                if (target.startsWith(SOCKET)) {
                    sockets.add(target.substring(SOCKET.length(), target.length() - 1));
                }
            }
        }
        return sockets;
    }

    private static int port(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1), 16);
    }
}
