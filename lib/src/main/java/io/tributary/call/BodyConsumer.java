package io.tributary.call;

import io.tributary.provider.HttpAnswer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * Collects one response and keeps what came of it if it breaks off. Bodies are unpacked here, because the client's own
 * unpacking would lose the part that came. Written by an I/O thread, read by others after it ended: hence synchronized.
 */
final class BodyConsumer implements AsyncResponseConsumer<HttpAnswer> {
    private final int maxBytes;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private HttpResponse head;
    private FutureCallback<HttpAnswer> done;

    BodyConsumer(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    synchronized int status() {
        return head == null ? 0 : head.getCode();
    }

    /** What came so far, unpacked as far as it can be. */
    synchronized byte[] received() {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        try {
            unpack(plain);
        } catch (IOException torn) {
            // The part before the break is what was asked for.
        }
        return plain.toByteArray();
    }

    @Override
    public synchronized void consumeResponse(
            HttpResponse response, EntityDetails entity, HttpContext context, FutureCallback<HttpAnswer> callback)
            throws IOException {
        head = response;
        done = callback;
        if (entity == null) {
            finish();
        }
    }

    @Override
    public void informationResponse(HttpResponse response, HttpContext context) {}

    @Override
    public void updateCapacity(CapacityChannel channel) throws IOException {
        channel.update(Integer.MAX_VALUE);
    }

    @Override
    public synchronized void consume(ByteBuffer source) throws IOException {
        if (body.size() + source.remaining() > maxBytes) {
            throw new IOException("body too long");
        }
        byte[] part = new byte[source.remaining()];
        source.get(part);
        body.write(part, 0, part.length);
    }

    @Override
    public synchronized void streamEnd(List<? extends Header> trailers) throws IOException {
        finish();
    }

    @Override
    public void failed(Exception cause) {}

    @Override
    public void releaseResources() {}

    private void finish() throws IOException {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        unpack(plain);
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (Header header : head.getHeaders()) {
            headers.computeIfAbsent(header.getName().toLowerCase(java.util.Locale.ROOT), name -> new ArrayList<>())
                    .add(header.getValue());
        }
        done.completed(new HttpAnswer(head.getCode(), headers, plain.toByteArray()));
    }

    private void unpack(ByteArrayOutputStream to) throws IOException {
        Header encoding = head == null ? null : head.getFirstHeader(HttpHeaders.CONTENT_ENCODING);
        boolean zipped = encoding != null && encoding.getValue().strip().equalsIgnoreCase("gzip");
        if (!zipped || body.size() == 0) {
            body.writeTo(to);
            return;
        }
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body.toByteArray()))) {
            byte[] part = new byte[8192];
            for (int n = in.read(part); n >= 0; n = in.read(part)) {
                to.write(part, 0, n);
                if (to.size() > maxBytes) {
                    throw new IOException("body too long");
                }
            }
        }
    }
}
