package dev.laurel.standings;

import dev.laurel.platform.redis.RedisConfig;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.util.List;

/** Makes a window in Redis show of a player what PostgreSQL has, or nothing if that has nothing. */
@ApplicationScoped
class StandingsSync {
    private static final Logger LOG = Logger.getLogger(StandingsSync.class);

    private final Merger merger;
    private final ChangeStamps stamps;
    private final Vertx vertx;
    private final long settleMs;

    StandingsSync(Merger merger, ChangeStamps stamps, Vertx vertx, RedisConfig config) {
        this.merger = merger;
        this.stamps = stamps;
        this.vertx = vertx;
        this.settleMs = config.deadline().multipliedBy(2).toMillis();
    }

    /**
     * Puts a player's present standing into a window, and once more when every event that was on its way must have
     * arrived: one that was committed before, and comes after the player has been taken out, would put the player back.
     *
     * @return fails when Redis does not take it
     */
    Uni<Void> put(WindowRef window, String playerId) {
        return merger.correct(window, List.of(playerId))
                .invoke(() -> stamps.changed(window))
                .invoke(() -> vertx.setTimer(settleMs, timer -> putAgain(window, playerId)));
    }

    private void putAgain(WindowRef window, String playerId) {
        merger.correct(window, List.of(playerId))
                .invoke(() -> stamps.changed(window))
                .subscribe()
                .with(ignored -> {}, e -> LOG.debugf("Left to the audit: %s", e.getMessage()));
    }

    /** Outdates what this process has answered of a window. */
    Uni<Void> outdate(WindowRef window) {
        return Uni.createFrom().voidItem().invoke(() -> stamps.changed(window));
    }
}
