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
     * HTTP/2 is only spoken inside TLS, where it is negotiated: a proxy in front of us does not see what an upgraded
     * connection carries.
     */
    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        options.setHttp2ClearTextEnabled(false);
        addBrotli(options);
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
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
