package dev.laurel.player;

import dev.laurel.platform.lifecycle.StartOrder;
import dev.laurel.platform.postgres.Sessions;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.VertxContextSupport;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/**
 * Asks the first query, so that nobody else has to. On a JVM the language of Hibernate is a thousand classes, which a query
 * would load on its event loop; most of them are loaded here on another thread, while requests are already answered.
 */
@ApplicationScoped
class FirstQuery {
    private static final Logger LOG = Logger.getLogger(FirstQuery.class);

    private final Vertx vertx;
    private final Mutiny.SessionFactory hibernate;
    private final Sessions sessions;
    private final PlayerRepository rows;

    FirstQuery(Vertx vertx, Mutiny.SessionFactory hibernate, Sessions sessions, PlayerRepository rows) {
        this.vertx = vertx;
        this.hibernate = hibernate;
        this.sessions = sessions;
        this.rows = rows;
    }

    void ask(@Observes @Priority(StartOrder.CONTENT) StartupEvent event) {
        vertx.executeBlocking(
                () -> {
                    hibernate
                            .getCriteriaBuilder()
                            .createQuery("from PlayerEntity where number = 0 order by playerId", PlayerEntity.class);
                    VertxContextSupport.subscribe(
                            () -> sessions.reading(() -> rows.findById(0L)).toMulti(),
                            asked -> asked.with(
                                    found -> {}, failure -> LOG.debugf("No first query: %s", failure.getMessage())));
                    return null;
                },
                false);
    }
}
