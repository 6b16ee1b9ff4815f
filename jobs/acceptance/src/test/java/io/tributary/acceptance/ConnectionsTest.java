package io.tributary.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class ConnectionsTest {
    @Test
    void findsTheConnectionsOfAProcessToOnePort() throws Exception {
        InetAddress here = InetAddress.getLoopbackAddress();
        try (ServerSocket server = new ServerSocket(0, 5, here);
                ServerSocket other = new ServerSocket(0, 5, here);
                Socket one = new Socket(here, server.getLocalPort());
                Socket two = new Socket(here, server.getLocalPort());
                Socket elsewhere = new Socket(here, other.getLocalPort())) {
            assertEquals(other.getLocalPort(), elsewhere.getPort());
            assertEquals(
                    Optional.of(Set.of(one.getLocalPort(), two.getLocalPort())),
                    Connections.of(ProcessHandle.current(), server.getLocalPort()));
        }
    }
}
