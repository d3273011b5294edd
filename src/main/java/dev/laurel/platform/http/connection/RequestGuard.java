package dev.laurel.platform.http.connection;

import dev.laurel.shared.ErrorCode;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.impl.headers.HeadersMultiMap;

import java.util.concurrent.TimeUnit;

/**
 * Passes requests that satisfy {@link RequestRules}. In place of any other it passes a request that carries the
 * refusal, stops reading, and has the connection closed once the response is sent.
 */
final class RequestGuard extends ChannelDuplexHandler {
    /**
     * Gives the client time to read the response: otherwise the bytes it is still sending would make the operating
     * system discard the response.
     */
    private static final long LINGER_MS = 1_000;

    /** Names no operation, and is a label of meters as it stands. */
    private static final String NO_OPERATION = "/UNMATCHED";

    private static final HttpMethod UNKNOWN = HttpMethod.valueOf("UNKNOWN");

    private final RequestTimes times;
    private ChannelHandlerContext place;
    private boolean refused;

    RequestGuard(RequestTimes times) {
        this.times = times;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        place = context;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (refused) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (message instanceof HttpRequest request) {
            times.headEnded();
            Refusal refusal = RequestRules.refusalOf(request);
            if (refusal != null) {
                ReferenceCountUtil.release(message);
                refuse(refusal, methodOf(request));
                return;
            }
        }
        if (message instanceof HttpContent content
                && !times.bodyArrived(content.content().readableBytes())) {
            ReferenceCountUtil.release(message);
            close(context, context.newPromise());
            return;
        }
        if (message instanceof LastHttpContent) {
            times.bodyEnded();
        }
        context.fireChannelRead(message);
    }

    /** Of a request that could not be read, what stands for its method is none that was sent. */
    private static HttpMethod methodOf(HttpRequest request) {
        boolean known = request.decoderResult().isSuccess() && RequestRules.isKnown(request.method());
        return known ? request.method() : UNKNOWN;
    }

    /** Refuses a request of which not all headers have arrived. */
    void refuseLateHead() {
        refuse(Refusal.of(ErrorCode.REQUEST_TIMEOUT, "The headers of the request did not arrive in time"), UNKNOWN);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (!PipelinedRequests.isInterim(message)) {
            if (message instanceof HttpResponse) {
                times.responseBegun();
            }
            if (message instanceof LastHttpContent) {
                times.responseEnded();
            }
        }
        context.write(message, promise);
    }

    private void refuse(Refusal refusal, HttpMethod method) {
        if (refused) {
            return;
        }
        refused = true;
        times.bodyEnded();
        HttpRequest standIn =
                new DefaultHttpRequest(HttpVersion.HTTP_1_1, method, NO_OPERATION, HeadersMultiMap.httpHeaders());
        standIn.headers().set(HttpHeaderNames.HOST, RequestRules.NAMELESS);
        standIn.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        standIn.setDecoderResult(refusal);
        place.fireChannelRead(standIn);
        place.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
        place.fireChannelReadComplete();
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        if ((refused || times.isReceiving())
                && context.channel() instanceof DuplexChannel socket
                && socket.isActive()) {
            refused = true;
            socket.config().setAutoRead(true);
            socket.shutdownOutput();
            context.executor().schedule(() -> context.close(promise), LINGER_MS, TimeUnit.MILLISECONDS);
        } else {
            context.close(promise);
        }
    }
}
