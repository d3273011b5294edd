package dev.laurel.platform.http;

import dev.laurel.shared.ErrorCode;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.http.HttpServerOptions;

import java.util.concurrent.TimeUnit;

/**
 * Bounds the time a client takes to send a request and to read the response, and has its requests checked by a {@link
 * RequestGuard}. One timer per connection checks periodically; a request costs one reading of the clock. On connections
 * encrypted by this process only reading is timed, as their bytes do not show where a request begins.
 */
final class ConnectionGuard extends ChannelInboundHandlerAdapter {
    private static final String DECODER = "httpDecoder";
    private static final String TLS = "ssl";
    /** Only HTTP/2 begins like this, no method that is served. */
    private static final String HTTP2 = "PRI";

    private final HttpServerOptions options;
    private final Patience patience;
    private final StalledOutput output;
    private StrictRequestDecoder decoder;
    private RequestGuard requests;
    private ScheduledFuture<?> checks;
    private Awaited awaited = Awaited.FIRST_BYTE;
    private long since;
    private long received;

    ConnectionGuard(HttpServerOptions options, Patience patience) {
        this.options = options;
        this.patience = patience;
        this.output = new StalledOutput(patience.readNanos());
    }

    @Override
    public void channelActive(ChannelHandlerContext connection) {
        since = System.nanoTime();
        boolean plain = connection.pipeline().get(TLS) == null;
        long every = patience.checkNanos();
        checks = connection
                .executor()
                .scheduleAtFixedRate(() -> check(connection, plain), every, every, TimeUnit.NANOSECONDS);
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
        if (awaited == Awaited.NOTHING || awaited == Awaited.FIRST_BYTE) {
            await(Awaited.HEAD);
        }
        connection.fireChannelRead(bytes);
        if (awaited == Awaited.NOTHING && decoder != null && decoder.holdsPartOfHead()) {
            await(Awaited.HEAD);
        } else if (requests == null) {
            install(connection);
        }
    }

    /** Installs the request guard before the first request; false when there is to be none. */
    private boolean begin(ChannelHandlerContext connection, ByteBuf bytes) {
        if (bytes.isReadable(HTTP2.length())
                && HTTP2.contentEquals(bytes.getCharSequence(
                        bytes.readerIndex(), HTTP2.length(), java.nio.charset.StandardCharsets.US_ASCII))) {
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

    private void install(ChannelHandlerContext connection) {
        ChannelHandler found = connection.pipeline().get(DECODER);
        if (found != null) {
            decoder = new StrictRequestDecoder(options);
            requests = new RequestGuard(this);
            connection.pipeline().addAfter(DECODER, "requestGuard", requests);
            connection.pipeline().replace(found, DECODER, decoder);
        }
    }

    void headEnded() {
        decoder.headEnded();
        received = 0;
        await(Awaited.BODY);
    }

    void bodyArrived(int bytes) {
        received += bytes;
    }

    void bodyEnded() {
        awaited = Awaited.NOTHING;
    }

    private void await(Awaited next) {
        awaited = next;
        since = System.nanoTime();
    }

    private void check(ChannelHandlerContext connection, boolean plain) {
        if (output.isStalled(connection.channel(), System.nanoTime())) {
            connection.close();
        } else if (plain) {
            checkRequest(connection);
        }
    }

    private void checkRequest(ChannelHandlerContext connection) {
        long waited = System.nanoTime() - since;
        switch (awaited) {
            case NOTHING -> {}
            case FIRST_BYTE -> {
                if (waited > patience.headNanos()) {
                    connection.close();
                }
            }
            case HEAD -> {
                if (waited > patience.headNanos()) {
                    requests.refuse(
                            Refusal.of(ErrorCode.REQUEST_TIMEOUT, "The headers of the request did not arrive in time"));
                }
            }
            case BODY -> checkBody(connection, waited);
        }
    }

    private void checkBody(ChannelHandlerContext connection, long waited) {
        if (!connection.channel().config().isAutoRead()) {
            // The delay is the service's: it is not reading.
            since += waited;
        } else if (waited > patience.nanosFor(received)) {
            connection.close();
        }
    }

    /** What the client must send next. */
    private enum Awaited {
        FIRST_BYTE,
        HEAD,
        BODY,
        NOTHING
    }
}
