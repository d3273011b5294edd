package dev.laurel.platform.http.connection;

import dev.laurel.platform.http.connection.ConnectionFigures.Dropped;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.http.HttpServerOptions;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * Bounds the time that a connection may take, and has its requests checked by a {@link RequestGuard}. One timer per connection
 * looks at it periodically; a request costs some readings of the clock. It is the handler next to the socket: where this process
 * ends TLS, what it sees are encrypted bytes.
 */
final class ConnectionGuard extends ChannelDuplexHandler {
    private static final String DECODER = "httpDecoder";
    private static final String ENCODER = "httpEncoder";
    private static final String TLS = "ssl";
    /** Only HTTP/2 begins like this, no method that is served. */
    private static final String HTTP2 = "PRI";

    private final HttpServerOptions options;
    private final Patience patience;
    private final StalledOutput output;
    private final RequestTimes times;
    private RequestGuard requests;
    private StrictRequestDecoder decoder;
    private ScheduledFuture<?> checks;

    ConnectionGuard(HttpServerOptions options, Patience patience) {
        this.options = options;
        this.patience = patience;
        this.output = new StalledOutput(patience.read(), Patience.LEAST_READ);
        this.times = new RequestTimes(patience, System::nanoTime);
    }

    @Override
    public void channelActive(ChannelHandlerContext connection) {
        times.connected();
        if (connection.pipeline().get(TLS) != null) {
            connection.pipeline().addAfter(TLS, "guardInstaller", new AfterHandshake(connection));
        }
        long every = patience.check();
        checks = connection.executor().scheduleAtFixedRate(() -> check(connection), every, every, TimeUnit.NANOSECONDS);
        connection.fireChannelActive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext connection) {
        if (checks != null) {
            checks.cancel(false);
        }
        connection.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext connection, Object bytes) {
        if (requests == null && !begin(connection, (ByteBuf) bytes)) {
            return;
        }
        times.bytesArrived();
        connection.fireChannelRead(bytes);
        if (requests == null) {
            install(connection);
        } else {
            times.bytesDecoded(decoder.holdsPartOfHead());
        }
    }

    @Override
    public void write(ChannelHandlerContext connection, Object bytes, ChannelPromise promise) {
        if (bytes instanceof ByteBuf buffer) {
            output.wrote(buffer.readableBytes());
        }
        connection.write(bytes, promise);
    }

    /** Installs the request guard before the first request; false when there is to be none. */
    private boolean begin(ChannelHandlerContext connection, ByteBuf bytes) {
        if (bytes.isReadable(HTTP2.length())
                && HTTP2.contentEquals(
                        bytes.getCharSequence(bytes.readerIndex(), HTTP2.length(), StandardCharsets.US_ASCII))) {
            bytes.release();
            connection.close();
            return false;
        }
        install(connection);
        // A server that also accepts HTTP/2 has no decoder before it has seen how a request begins.
        while (requests == null && connection.pipeline().get(TLS) == null && bytes.isReadable()) {
            connection.fireChannelRead(bytes.readRetainedSlice(1));
            install(connection);
        }
        return true;
    }

    /** After the encoder, so that the request guard sees responses, too. */
    private void install(ChannelHandlerContext connection) {
        ChannelHandler found = connection.pipeline().get(DECODER);
        if (found != null) {
            decoder = new StrictRequestDecoder(options);
            requests = new RequestGuard(times);
            connection.pipeline().addAfter(ENCODER, "requestGuard", requests);
            connection.pipeline().addAfter(ENCODER, "pipelinedRequests", new PipelinedRequests(decoder, times));
            connection.pipeline().replace(found, DECODER, decoder);
        }
    }

    /** Installs the request guard as soon as there is a decoder: the first request may come with the end of the handshake. */
    private final class AfterHandshake extends ChannelInboundHandlerAdapter {
        private final ChannelHandlerContext connection;

        AfterHandshake(ChannelHandlerContext connection) {
            this.connection = connection;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            context.fireUserEventTriggered(event);
            if (requests == null) {
                install(connection);
            }
        }
    }

    private void check(ChannelHandlerContext connection) {
        Dropped late = output.isStalled(connection.channel(), System.nanoTime())
                ? Dropped.READ
                : times.late(connection.channel().config().isAutoRead());
        if (late != null) {
            ConnectionFigures.ALL.dropped(late).increment();
            drop(connection, late);
        }
    }

    private void drop(ChannelHandlerContext connection, Dropped late) {
        if (late == Dropped.HEAD && requests != null && decoder.holdsPartOfHead()) {
            requests.refuseLateHead();
        } else if (late == Dropped.ANSWER) {
            checks.cancel(false);
            connection
                    .pipeline()
                    .context(ENCODER)
                    .writeAndFlush(LastWords.overloaded("The request took longer than requests may"))
                    .addListener(ChannelFutureListener.CLOSE);
        } else {
            if (late == Dropped.READ) {
                // Or the operating system keeps what it has, and waits for the client for some minutes more.
                connection.channel().config().setOption(ChannelOption.SO_LINGER, 0);
            }
            connection.close();
        }
    }
}
