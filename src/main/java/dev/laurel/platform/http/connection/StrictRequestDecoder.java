package dev.laurel.platform.http.connection;

import io.netty.handler.codec.http.HttpMessage;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;

/**
 * Decodes requests, and rejects those that state their length in two ways: a proxy in front of us might trust the other
 * one.
 */
final class StrictRequestDecoder extends VertxHttpRequestDecoder {
    private boolean headBegun;

    StrictRequestDecoder(HttpServerOptions options) {
        super(options);
    }

    @Override
    protected HttpMessage createMessage(String[] initialLine) {
        headBegun = true;
        return super.createMessage(initialLine);
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("Both a Content-Length and a Transfer-Encoding are given");
    }

    void headEnded() {
        headBegun = false;
    }

    /** Whether part of a request has arrived that has not been passed on. */
    boolean holdsPartOfHead() {
        return headBegun || actualReadableBytes() > 0;
    }
}
