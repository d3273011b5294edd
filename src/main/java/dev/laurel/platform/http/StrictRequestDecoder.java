package dev.laurel.platform.http;

import io.netty.handler.codec.http.HttpMessage;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;

/** Reads requests, and takes none whose length is said in two ways: a proxy before us might believe the other one. */
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

    /** Whether a part of a request has arrived that has not been handed on. */
    boolean holdsPartOfHead() {
        return headBegun || actualReadableBytes() > 0;
    }
}
