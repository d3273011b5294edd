package dev.laurel.platform.http;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Bounds how much of a response the operating system buffers for a client that does not read it. By default it buffers
 * up to some megabytes for each connection, which count towards the container's memory, and hides from us that the
 * client is not reading.
 */
@ApplicationScoped
class SendBuffer implements HttpServerOptionsCustomizer {
    /** Two megabytes a second for a client with a latency of a tenth of a second. */
    private static final int BYTES = 256 * 1024;

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        options.setSendBufferSize(BYTES);
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        options.setSendBufferSize(BYTES);
    }
}
