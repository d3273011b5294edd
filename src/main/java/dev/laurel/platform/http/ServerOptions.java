package dev.laurel.platform.http;

import io.netty.handler.codec.compression.Brotli;
import io.netty.handler.codec.compression.StandardCompressionOptions;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;

/** Server options that the framework's own settings do not cover. */
@Singleton
class ServerOptions implements HttpServerOptionsCustomizer {
    /**
     * Bounds how much of a response the operating system buffers for a client that does not read it. By default it buffers up to
     * some megabytes for each connection, which count towards the container's memory, and hides from us that the client is not
     * reading. This is enough for two megabytes a second to a client with a latency of a tenth of a second.
     */
    private static final int SEND_BUFFER = 256 * 1024;

    /**
     * No HTTP/2 without TLS: a proxy in front of us does not see what an upgraded connection carries.
     */
    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        options.setHttp2ClearTextEnabled(false);
        options.setSendBufferSize(SEND_BUFFER);
        addBrotli(options);
    }

    /** Nor within TLS that ends here: the guards of connections know HTTP/1.1 alone. */
    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        options.setUseAlpn(false);
        options.setSendBufferSize(SEND_BUFFER);
        addBrotli(options);
    }

    /**
     * Uses a native library, which is not available for every platform. Preferred to gzip for clients that accept both.
     */
    private static void addBrotli(HttpServerOptions options) {
        if (options.isCompressionSupported() && Brotli.isAvailable()) {
            options.addCompressor(StandardCompressionOptions.brotli());
        }
    }
}
