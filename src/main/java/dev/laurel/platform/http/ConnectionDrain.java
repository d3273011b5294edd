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
 * The sockets on which clients connect. They are closed when the service is told to stop, while it goes on
 * answering those who are connected: a refused connection can be tried elsewhere by anybody, whatever was to be asked. One
 * that is accepted now might be closed before it is answered, and its client could not tell whether its event counts.
 * A socket is known by the first request that comes through it; one through which nothing has come is closed at that.
 *
 * <p>Those who are connected are told with every answer to close, by the framework, while {@code quarkus.shutdown.delay}
 * lasts.
 */
@ApplicationScoped
class ConnectionDrain {
    /** Before all other filters: nobody is left out. */
    private static final int FIRST = Integer.MAX_VALUE;

    private final Set<Channel> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean closing;

    void watch(@Observes Filters filters) {
        filters.register(this::notice, FIRST);
    }

    /** Nothing else tells of the socket: the framework opens it, and can only close it with all its connections. */
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
