package io.tributary.call;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.RequestNotExecutedException;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.RequestChannel;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * An exchange that looks once more whether its request may leave, on the thread that writes it and directly before it does.
 * Between that and an earlier look lie a queue and a change of threads, which a process that stands still makes long.
 */
final class LastLook implements AsyncClientExchangeHandler {
    private final AsyncClientExchangeHandler exchange;
    private final Departure departure;

    LastLook(AsyncClientExchangeHandler exchange, Departure departure) {
        this.exchange = exchange;
        this.departure = departure;
    }

    @Override
    public void produceRequest(RequestChannel channel, HttpContext context) throws HttpException, IOException {
        if (!departure.leave()) {
            throw new RequestNotExecutedException();
        }
        exchange.produceRequest(channel, context);
    }

    @Override
    public void consumeResponse(HttpResponse response, EntityDetails entity, HttpContext context)
            throws HttpException, IOException {
        exchange.consumeResponse(response, entity, context);
    }

    @Override
    public void consumeInformation(HttpResponse response, HttpContext context) throws HttpException, IOException {
        exchange.consumeInformation(response, context);
    }

    @Override
    public void cancel() {
        exchange.cancel();
    }

    @Override
    public void failed(Exception cause) {
        exchange.failed(cause);
    }

    @Override
    public void updateCapacity(CapacityChannel capacity) throws IOException {
        exchange.updateCapacity(capacity);
    }

    @Override
    public void consume(ByteBuffer bytes) throws IOException {
        exchange.consume(bytes);
    }

    @Override
    public void streamEnd(List<? extends Header> trailers) throws HttpException, IOException {
        exchange.streamEnd(trailers);
    }

    @Override
    public int available() {
        return exchange.available();
    }

    @Override
    public void produce(DataStreamChannel channel) throws IOException {
        exchange.produce(channel);
    }

    @Override
    public void releaseResources() {
        exchange.releaseResources();
    }
}
