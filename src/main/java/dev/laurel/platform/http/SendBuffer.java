package dev.laurel.platform.http;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Bounds what the system takes of an answer that its client does not read. By itself it takes up to some megabytes for each
 * connection, which are counted as memory of the container, and hides from us that nobody reads.
 */
@ApplicationScoped
class SendBuffer implements HttpServerOptionsCustomizer {
    /** Two megabytes a second to a client who is a tenth of a second away. */
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
