package io.tributary.call;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that misbehaves as the path says; counts its connections and requests. */
final class RawServer implements AutoCloseable {
    final AtomicInteger connections = new AtomicInteger();
    final AtomicInteger requests = new AtomicInteger();
    volatile String lastHead = "";
    private final ServerSocket socket;

    RawServer() throws IOException {
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread acceptor = new Thread(this::accept, "raw-server");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    URI at(String path) {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort() + path);
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                connections.incrementAndGet();
                Thread thread = new Thread(() -> serve(client), "raw-connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(client.getInputStream());
            for (String path = request(in); !path.isEmpty(); path = request(in)) {
                requests.incrementAndGet();
                if (!answer(path, client)) {
                    return;
                }
            }
        } catch (IOException gone) {
            // The client hung up, which some tests want.
        }
    }

    private boolean answer(String path, Socket client) throws IOException {
        OutputStream out = client.getOutputStream();
        switch (path) {
            case "/ok" -> write(out, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-One: 1\r\nx-one: 2\r\n\r\nok");
            case "/close" -> {
                write(out, "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok");
                return false;
            }
            case "/moved" -> write(out, "HTTP/1.1 302 Found\r\nLocation: /ok\r\nContent-Length: 0\r\n\r\n");
            case "/busy" -> write(out, "HTTP/1.1 503 Busy\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n");
            case "/cookie" -> write(out, "HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\n\r\n");
            case "/torn" -> {
                write(out, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"half\":");
                return false;
            }
            case "/reset" -> {
                client.setSoLinger(true, 0);
                return false;
            }
            case "/stall" -> {
                write(out, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"slow\":");
                client.getInputStream().read();
                return false;
            }
            default -> {
                client.getInputStream().read();
                return false;
            }
        }
        return true;
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** Reads one request with its body; its path, or nothing at the end. */
    private String request(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int c = in.read();
            if (c < 0) {
                return "";
            }
            head.append((char) c);
        }
        lastHead = head.toString();
        int length = 0;
        for (String line : lastHead.split("\r\n")) {
            if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(15).strip());
            }
        }
        in.readNBytes(length);
        return lastHead.split(" ")[1];
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
