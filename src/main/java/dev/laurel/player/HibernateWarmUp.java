package dev.laurel.player;

import dev.laurel.platform.lifecycle.MainThread;
import dev.laurel.platform.lifecycle.StartOrder;
import dev.laurel.platform.postgres.Sessions;
import dev.laurel.shared.Tenant;
import io.quarkus.runtime.ImageMode;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.hibernate.reactive.mutiny.Mutiny;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * Makes Hibernate read, insert and update for the first time, concurrently with the rest of startup. On a JVM this loads
 * more than a thousand classes, which the first requests would otherwise do on their event loops, blocking all others
 * there. The native program has nothing to load and answers meanwhile. The row that it writes is rolled back.
 */
@ApplicationScoped
class HibernateWarmUp {
    private static final PlayerKey NOBODY = new PlayerKey(Tenant.DEFAULT, "");

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final Mutiny.SessionFactory hibernate;
    private final Sessions sessions;
    private final PlayerRepository rows;
    private final PlayerConfig config;
    private final CompletableFuture<Void> answered = new CompletableFuture<>();

    HibernateWarmUp(
            Vertx vertx,
            Mutiny.SessionFactory hibernate,
            Sessions sessions,
            PlayerRepository rows,
            PlayerConfig config) {
        this.vertx = vertx;
        this.hibernate = hibernate;
        this.sessions = sessions;
        this.rows = rows;
        this.config = config;
    }

    void ask(@Observes @Priority(StartOrder.WARM_UP) StartupEvent event) {
        if (ImageMode.current().isNativeImage() || !config.warmUp()) {
            answered.complete(null);
        }
        if (!config.warmUp()) {
            return;
        }
        vertx.executeBlocking(this::askedOnAWorker, false).onFailure(answered::completeExceptionally);
    }

    /** Parsing the query language needs no session, so it need not run on an event loop. */
    private Void askedOnAWorker() {
        hibernate
                .getCriteriaBuilder()
                .createQuery("from PlayerEntity where number = 0 order by playerId", PlayerEntity.class);
        VertxContextSupport.subscribe(
                () -> sessions.reading(() -> rows.row(NOBODY))
                        .chain(this::writeNothing)
                        .toMulti(),
                asked -> asked.with(found -> {}, answered::completeExceptionally, () -> answered.complete(null)));
        return null;
    }

    private Uni<Void> writeNothing() {
        PlayerKey key = new PlayerKey(Tenant.DEFAULT, UUID.randomUUID().toString());
        return sessions.inTransaction(() -> rows.persistAndFlush(new PlayerEntity(key, profile("a"), Instant.EPOCH))
                        .invoke(row -> row.define(profile("b"), Instant.EPOCH))
                        .chain(rows::flush)
                        .chain(() -> Uni.createFrom().<Void>failure(new NotKept())))
                .onFailure(NotKept.class)
                .recoverWithNull();
    }

    private static PlayerProfile profile(String name) {
        return new PlayerProfile(name, null, null, Map.of(), Visibility.PUBLIC, null);
    }

    // On the main thread. The result does not matter: a later query reports the failure.
    void awaitAnswer(@Observes @Priority(StartOrder.READY) StartupEvent event) {
        MainThread.await(() -> Uni.createFrom()
                .completionStage(answered)
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure()
                .recoverWithNull());
    }

    /** Rolls the transaction back. */
    private static final class NotKept extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotKept() {
            super(null, null, false, false);
        }
    }
}
