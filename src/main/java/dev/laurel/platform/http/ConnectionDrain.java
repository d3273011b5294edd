package dev.laurel.platform.http;

import io.netty.channel.Channel;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Drains client connections at shutdown. The listening sockets are closed when the service is ordered to stop, while
 * requests on open connections are still answered: a client can safely retry a refused connection elsewhere, whatever
 * its request. A connection accepted now might be closed before the response is sent, and its client could not know
 * whether its event counts. A listening socket is discovered by the first request that comes through it; one without
 * requests is closed at that point.
 *
 * <p>While {@code quarkus.shutdown.delay} lasts, the framework tells connected clients with every response to close.
 */
@ApplicationScoped
class ConnectionDrain {
    /** Before all other filters, so that no connection is missed. */
    private static final int FIRST = Integer.MAX_VALUE;

    private final Set<Channel> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean closing;

    void watch(@Observes Filters filters) {
        filters.register(this::notice, FIRST);
    }

    /** The only way to find the socket: the framework opens it, and can close it only with all its connections. */
    private void notice(RoutingContext request) {
        if (request.request().connection() instanceof ConnectionBase connection
                && connection.channel().parent() != null) {
            sockets.add(connection.channel().parent());
        }
        if (closing) {
            closeAll();
        }
        request.next();
    }

    void close(@Observes ShutdownDelayInitiatedEvent event) {
        closing = true;
        closeAll();
    }

    private void closeAll() {
        sockets.forEach(Channel::close);
    }
}
