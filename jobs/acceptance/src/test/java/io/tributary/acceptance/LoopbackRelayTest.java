package io.tributary.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Only Linux answers on all of 127.0.0.0/8. */
@EnabledOnOs(OS.LINUX)
class LoopbackRelayTest {
    private ServerSocket behind;
    private LoopbackRelay relay;

    @BeforeEach
    void open() throws IOException {
        behind = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
        relay = new LoopbackRelay(behind.getLocalPort());
    }

    @AfterEach
    void close() throws IOException {
        relay.close();
        behind.close();
    }

    @Test
    void passesWhatComesInBothDirections() throws Exception {
        try (Socket near = connect();
                Socket far = behind.accept()) {
            near.getOutputStream().write(7);
            assertEquals(7, far.getInputStream().read());
            far.getOutputStream().write(8);
            assertEquals(8, near.getInputStream().read());
        }
    }

    @Test
    void holdsBackWhileItIsStalledAndLosesNothing() throws Exception {
        try (Socket near = connect();
                Socket far = behind.accept()) {
            relay.stall(true);
            near.getOutputStream().write(7);
            far.setSoTimeout(100);
            assertThrows(
                    SocketTimeoutException.class, () -> far.getInputStream().read());
            relay.stall(false);
            far.setSoTimeout(10_000);
            assertEquals(7, far.getInputStream().read());
        }
    }

    @Test
    void aCutResetsWhatIsOpenAndRefusesWhatIsNewUntilItIsHealed() throws Exception {
        try (Socket near = connect();
                Socket far = behind.accept()) {
            near.getOutputStream().write(7);
            assertEquals(7, far.getInputStream().read());
            relay.cut();
            assertThrows(IOException.class, () -> near.getInputStream().read());
            assertThrows(IOException.class, () -> far.getInputStream().read());
            assertThrows(ConnectException.class, this::connect);
        }
        relay.heal();
        try (Socket near = connect();
                Socket far = behind.accept()) {
            near.getOutputStream().write(8);
            assertEquals(8, far.getInputStream().read());
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(LoopbackRelay.HOST, behind.getLocalPort());
        socket.setSoTimeout(10_000);
        return socket;
    }
}
