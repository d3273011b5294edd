package dev.laurel.player;

import dev.laurel.platform.lifecycle.MainThread;
import dev.laurel.platform.lifecycle.StartOrder;
import dev.laurel.platform.postgres.Sessions;
import dev.laurel.shared.Tenant;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.hibernate.reactive.mutiny.Mutiny;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Asks Hibernate the first query, next to the rest of the start. On a JVM that loads more than a thousand classes, and the
 * request that came first would do so on its event loop, with everybody else on that loop waiting.
 */
@ApplicationScoped
class FirstQuery {
    private static final PlayerKey NOBODY = new PlayerKey(Tenant.DEFAULT, "");

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final Mutiny.SessionFactory hibernate;
    private final Sessions sessions;
    private final PlayerRepository rows;
    private final CompletableFuture<Void> answered = new CompletableFuture<>();

    FirstQuery(Vertx vertx, Mutiny.SessionFactory hibernate, Sessions sessions, PlayerRepository rows) {
        this.vertx = vertx;
        this.hibernate = hibernate;
        this.sessions = sessions;
        this.rows = rows;
    }

    void ask(@Observes @Priority(StartOrder.WARM_UP) StartupEvent event) {
        vertx.executeBlocking(this::askedOnAWorker, false).onFailure(answered::completeExceptionally);
    }

    /** The language takes no session, so it need not be on an event loop. */
    private Void askedOnAWorker() {
        hibernate
                .getCriteriaBuilder()
                .createQuery("from PlayerEntity where number = 0 order by playerId", PlayerEntity.class);
        VertxContextSupport.subscribe(
                () -> sessions.reading(() -> rows.row(NOBODY)).toMulti(),
                asked -> asked.with(found -> {}, answered::completeExceptionally, () -> answered.complete(null)));
        return null;
    }

    // On the main thread. What comes of it does not matter: whoever asks next is told.
    void awaitAnswer(@Observes @Priority(StartOrder.READY) StartupEvent event) {
        MainThread.await(() -> Uni.createFrom()
                .completionStage(answered)
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure()
                .recoverWithNull());
    }
}
