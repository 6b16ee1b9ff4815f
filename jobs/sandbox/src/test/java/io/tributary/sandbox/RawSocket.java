package io.tributary.sandbox;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** HTTP by hand on one connection, so that no client library can hide or repeat a call. */
final class RawSocket implements AutoCloseable {
    /** A response as it came; the body is shorter than announced if the connection ended in it. */
    record Response(int status, Map<String, String> headers, byte[] body) {
        boolean isWhole() {
            return body.length == Integer.parseInt(headers.get("content-length"));
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    private final Socket socket;
    private final InputStream in;

    RawSocket(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(20_000);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** Its own port, which the ledger names. */
    int clientPort() {
        return socket.getLocalPort();
    }

    void write(String method, String uri, String header, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head = method + " " + uri + " HTTP/1.1\r\nHost: sandbox\r\n" + header + "\r\nContent-Length: "
                + bytes.length + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(bytes);
    }

    Response ask(String method, String uri, String header, String body) throws IOException {
        write(method, uri, header, body);
        return read();
    }

    /** The next response; fails if the connection ends before its headers do. */
    Response read() throws IOException {
        String[] lines = head().split("\r\n");
        Map<String, String> headers = new TreeMap<>();
        for (String line : Arrays.asList(lines).subList(1, lines.length)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.get("content-length")));
        return new Response(Integer.parseInt(lines[0].split(" ")[1]), headers, body);
    }

    private String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (!(head.length() > 4 && head.substring(head.length() - 4).equals("\r\n\r\n"))) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the connection ended after " + head.length() + " bytes");
            }
            head.append((char) next);
        }
        return head.toString().strip();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
