package dev.laurel.platform.http.connection;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;

/** Takes the place of the guard on a connection beyond a bound: tells the client so, whatever it wants, and closes. */
final class RefusedConnection extends ChannelInboundHandlerAdapter {
    private final boolean encrypted;

    /** @param encrypted whether the client expects TLS, in which nothing is said */
    RefusedConnection(boolean encrypted) {
        this.encrypted = encrypted;
    }

    @Override
    public void channelActive(ChannelHandlerContext connection) {
        if (encrypted) {
            connection.close();
        } else {
            connection
                    .writeAndFlush(LastWords.overloaded("Too many connections are open"))
                    .addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext connection, Object bytes) {
        ReferenceCountUtil.release(bytes);
    }
}
