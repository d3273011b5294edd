package dev.laurel.standings.write;

import dev.laurel.standings.load.SettleTimer;
import dev.laurel.standings.load.StandingsSync;
import dev.laurel.standings.window.ChangeStamps;
import dev.laurel.standings.window.WindowRef;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;

/** Makes a window in Redis show PostgreSQL's standing of a player, or nothing if there is none. */
@ApplicationScoped
class PlayerSync {
    private final StandingsSync sync;
    private final ChangeStamps stamps;
    private final SettleTimer settle;

    PlayerSync(StandingsSync sync, ChangeStamps stamps, SettleTimer settle) {
        this.sync = sync;
        this.stamps = stamps;
        this.settle = settle;
    }

    /**
     * Writes a player's present standing into a window, and does so again once every event in flight must have arrived:
     * an event committed before the player was taken out, but arriving after, would put the player back.
     *
     * @return fails when Redis rejects it
     */
    Uni<Void> put(WindowRef window, String playerId) {
        return putNow(window, playerId).invoke(() -> settle.later(() -> putNow(window, playerId)));
    }

    private Uni<Void> putNow(WindowRef window, String playerId) {
        return sync.correct(window, List.of(playerId)).invoke(() -> stamps.changed(window));
    }

    /** Outdates this process's cached responses for a window. */
    Uni<Void> outdate(WindowRef window) {
        return Uni.createFrom().voidItem().invoke(() -> stamps.changed(window));
    }
}
