package io.tributary.sandbox;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.tributary.sandbox.wire.Reply;
import io.tributary.sandbox.wire.Request;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/** One connection: answers its requests one after another, also when they come pipelined. Confined to its event loop. */
final class HttpConnection extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final int STREAM_CHUNK = 1 << 16;

    private record Waiting(Request request, boolean keepAlive) {}

    private final Gateway gateway;
    private final Queue<Waiting> queue = new ArrayDeque<>();
    private boolean busy;

    HttpConnection(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest message) {
        Waiting waiting = new Waiting(request(context, message), HttpUtil.isKeepAlive(message));
        if (busy) {
            queue.add(waiting);
        } else {
            start(context, waiting);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException)) {
            System.getLogger(HttpConnection.class.getName())
                    .log(System.Logger.Level.WARNING, "A request broke the sandbox; its connection is closed", cause);
        }
        context.close();
    }

    private void start(ChannelHandlerContext context, Waiting waiting) {
        busy = true;
        Delivery delivery = gateway.handle(waiting.request());
        if (delivery.delayNanos() == 0) {
            deliver(context, delivery, waiting.keepAlive());
        } else {
            context.executor()
                    .schedule(
                            () -> deliver(context, delivery, waiting.keepAlive()),
                            delivery.delayNanos(),
                            TimeUnit.NANOSECONDS);
        }
    }

    private void deliver(ChannelHandlerContext context, Delivery delivery, boolean keepAlive) {
        byte[] body = delivery.reply().body();
        int half = body.length / 2;
        switch (delivery.manner()) {
            case WHOLE -> {
                var response = new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        HttpResponseStatus.valueOf(delivery.reply().status()),
                        Unpooled.wrappedBuffer(body));
                fill(response.headers(), delivery.reply(), keepAlive);
                finish(context, response, keepAlive);
            }
            case STREAM -> {
                HttpResponse head = head(delivery.reply(), keepAlive);
                head.headers().remove(HttpHeaderNames.CONTENT_LENGTH);
                head.headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
                head.headers()
                        .set(HttpHeaderNames.CONTENT_TYPE, delivery.reply().contentType());
                context.write(head);
                stream(context, delivery.parts().iterator(), keepAlive);
            }
            case TORN -> {
                context.write(head(delivery.reply(), false));
                context.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(body, 0, half)))
                        .addListener(ChannelFutureListener.CLOSE);
            }
            case SLOW -> {
                context.write(head(delivery.reply(), keepAlive));
                context.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(body, 0, half)));
                var rest = new DefaultLastHttpContent(Unpooled.wrappedBuffer(body, half, body.length - half));
                later(context, () -> finish(context, rest, keepAlive), delivery.pauseNanos());
            }
            case RESET -> {
                context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
                context.close();
            }
            case HANG -> later(context, context::close, delivery.pauseNanos());
        }
    }

    /** Holds one chunk at a time: the next is made when the last has gone. */
    private void stream(ChannelHandlerContext context, Iterator<byte[]> parts, boolean keepAlive) {
        ByteBuf chunk = context.alloc().buffer(STREAM_CHUNK);
        while (parts.hasNext() && chunk.readableBytes() < STREAM_CHUNK) {
            chunk.writeBytes(parts.next());
        }
        if (!parts.hasNext()) {
            finish(context, new DefaultLastHttpContent(chunk), keepAlive);
            return;
        }
        context.writeAndFlush(new DefaultHttpContent(chunk)).addListener(sent -> {
            if (sent.isSuccess()) {
                stream(context, parts, keepAlive);
            }
        });
    }

    private void finish(ChannelHandlerContext context, Object last, boolean keepAlive) {
        var written = context.writeAndFlush(last);
        if (!keepAlive) {
            written.addListener(ChannelFutureListener.CLOSE);
            return;
        }
        busy = false;
        Waiting next = queue.poll();
        if (next != null) {
            start(context, next);
        }
    }

    private static void later(ChannelHandlerContext context, Runnable task, long nanos) {
        context.executor().schedule(task, nanos, TimeUnit.NANOSECONDS);
    }

    private static HttpResponse head(Reply reply, boolean keepAlive) {
        HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(reply.status()));
        fill(head.headers(), reply, keepAlive);
        return head;
    }

    private static void fill(HttpHeaders headers, Reply reply, boolean keepAlive) {
        reply.headers().forEach(headers::set);
        if (reply.body().length > 0) {
            headers.set(HttpHeaderNames.CONTENT_TYPE, reply.contentType());
        }
        headers.set(HttpHeaderNames.CONTENT_LENGTH, reply.body().length);
        if (!keepAlive) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
    }

    private static Request request(ChannelHandlerContext context, FullHttpRequest message) {
        String uri = message.uri();
        int question = uri.indexOf('?');
        String path = question < 0 ? uri : uri.substring(0, question);
        int slash = path.indexOf('/', 1);
        HttpHeaders headers = message.headers();
        return new Request(
                message.method().name(),
                path.isEmpty() ? "" : path.substring(1, slash < 0 ? path.length() : slash),
                slash < 0 ? "" : path.substring(slash),
                question < 0 ? Map.of() : new QueryStringDecoder(uri).parameters(),
                name -> Optional.ofNullable(headers.get(name)),
                ByteBufUtil.getBytes(message.content()),
                context.channel().remoteAddress() instanceof InetSocketAddress client ? client.getPort() : 0);
    }
}
