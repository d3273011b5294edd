package dev.laurel.platform.postgres;

import dev.laurel.platform.async.Contexts;
import dev.laurel.shared.LaurelException.Unavailable;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;

/**
 * Detects whether PostgreSQL responds at all. A statement may take seconds while it sorts a large ranking; a server
 * that has sent this process no reply for half a second, two probes included, is unavailable, and no reader needs to
 * wait for a deadline to learn that.
 */
@ApplicationScoped
public class Pulse {
    /** Most statements have ended by then, and cost no probe. */
    private static final Duration LOOK = Duration.ofMillis(100);

    /** For each of two probes: a single one may have been late because this process was paused. */
    private static final Duration PATIENCE = Duration.ofMillis(200);

    private static final String PROBE = "SELECT 1";

    private final Sql sql;
    private final ConcurrentMap<String, CompletableFuture<Boolean>> probing = new ConcurrentHashMap<>();

    Pulse(Sql sql) {
        this.sql = sql;
    }

    /** The result of a read; fails with {@link Unavailable} as soon as PostgreSQL is found unresponsive. */
    public <T> Uni<T> whileAlive(Uni<T> read) {
        return Uni.createFrom().deferred(() -> {
            Context caller = Vertx.currentContext();
            Executor executor = caller == null ? Runnable::run : task -> caller.runOnContext(ignored -> task.run());
            return Uni.combine().any().of(read, this.<T>lost().emitOn(executor));
        });
    }

    /** Never completes while PostgreSQL responds. */
    private <T> Uni<T> lost() {
        return Uni.createFrom()
                .voidItem()
                .onItem()
                .delayIt()
                .by(LOOK)
                .chain(this::answers)
                .chain(alive ->
                        alive ? this.<T>lost() : Uni.createFrom().failure(Unavailable.store("PostgreSQL", null)));
    }

    private Uni<Boolean> answers() {
        // The read itself has had no reply for as long: the first probe need not wait for what was heard before it.
        if (sql.heardWithin(LOOK)) {
            return Uni.createFrom().item(true);
        }
        return Contexts.once(probing, PROBE, () -> probe().chain(
                        alive -> alive ? Uni.createFrom().item(true) : probe())
                .onTermination()
                .invoke(() -> probing.remove(PROBE)));
    }

    /** The probe may queue for a connection; a reply to any other statement meanwhile counts as well. */
    private Uni<Boolean> probe() {
        return sql.run(PROBE)
                .replaceWith(true)
                .ifNoItem()
                .after(PATIENCE)
                .recoverWithItem(() -> sql.heardWithin(PATIENCE))
                .onFailure()
                .recoverWithItem(() -> sql.heardWithin(PATIENCE));
    }
}
