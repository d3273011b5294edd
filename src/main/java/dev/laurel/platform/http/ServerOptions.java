package dev.laurel.platform.http;

import io.netty.handler.codec.compression.Brotli;
import io.netty.handler.codec.compression.StandardCompressionOptions;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;

/** What cannot be told by the framework's own settings. */
@Singleton
class ServerOptions implements HttpServerOptionsCustomizer {
    /** HTTP/2 is spoken inside TLS, where it is negotiated: a proxy before us does not see what an upgrade carries. */
    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        options.setHttp2ClearTextEnabled(false);
        addBrotli(options);
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        addBrotli(options);
    }

    /** By a native library, which is not there for every platform. Preferred to gzip by those who take both. */
    private static void addBrotli(HttpServerOptions options) {
        if (options.isCompressionSupported() && Brotli.isAvailable()) {
            options.addCompressor(StandardCompressionOptions.brotli());
        }
    }
}
