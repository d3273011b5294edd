package dev.laurel.platform.http.connection;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

import java.util.ArrayDeque;

/**
 * Passes a request when the response to the one before it has been sent, and its client is reading. A server answers requests that
 * come ahead of that one by one, but keeps the responses for a client that reads none of them, as many as it asks for. Nothing more
 * is read of a connection while requests are held.
 */
final class PipelinedRequests extends ChannelDuplexHandler {
    /** Messages, of which a request has at least two. A client that sends more at once is up to no good. */
    private static final int MAX_HELD = 256;

    private final StrictRequestDecoder decoder;
    private final RequestTimes times;
    private final ArrayDeque<Object> held = new ArrayDeque<>();
    private boolean answering;
    private boolean readWanted;

    PipelinedRequests(StrictRequestDecoder decoder, RequestTimes times) {
        this.decoder = decoder;
        this.times = times;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest) {
            decoder.headEnded();
        }
        if (held.isEmpty() && !mustWait(context, message)) {
            pass(context, message);
            return;
        }
        held.add(message);
        times.headHeld();
        if (held.size() > MAX_HELD) {
            context.close();
        }
    }

    private boolean mustWait(ChannelHandlerContext context, Object message) {
        return message instanceof HttpRequest
                && (answering || !context.channel().isWritable());
    }

    private void pass(ChannelHandlerContext context, Object message) {
        answering |= message instanceof HttpRequest;
        context.fireChannelRead(message);
    }

    @Override
    public void read(ChannelHandlerContext context) {
        if (held.isEmpty()) {
            context.read();
        } else {
            readWanted = true;
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        boolean ended = message instanceof LastHttpContent && !isInterim(message);
        context.write(message, promise);
        if (ended) {
            answering = false;
            if (!held.isEmpty()) {
                // A client that is still writing is not done.
                context.executor().execute(() -> proceed(context));
            }
        }
    }

    /** Whether a message is not a response yet, such as {@code 100 Continue}. */
    static boolean isInterim(Object message) {
        return message instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        context.fireChannelWritabilityChanged();
        proceed(context);
    }

    private void proceed(ChannelHandlerContext context) {
        boolean passed = false;
        while (!held.isEmpty() && !mustWait(context, held.peek())) {
            pass(context, held.poll());
            passed = true;
        }
        if (passed) {
            context.fireChannelReadComplete();
        }
        if (held.isEmpty() && readWanted) {
            readWanted = false;
            context.read();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        held.forEach(ReferenceCountUtil::release);
        held.clear();
        context.fireChannelInactive();
    }
}
