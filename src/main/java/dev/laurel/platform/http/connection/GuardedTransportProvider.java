package dev.laurel.platform.http.connection;

import io.vertx.core.impl.VertxBuilder;
import io.vertx.core.spi.VertxServiceProvider;

/** Makes Vert.x use {@link GuardedTransport}. Found by its name in {@code META-INF/services}. */
public final class GuardedTransportProvider implements VertxServiceProvider {
    @Override
    public void init(VertxBuilder builder) {
        builder.findTransport(new GuardedTransport());
    }
}
