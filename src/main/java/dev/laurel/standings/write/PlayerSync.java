package dev.laurel.standings.write;

import dev.laurel.standings.load.SettleTimer;
import dev.laurel.standings.load.StandingsSync;
import dev.laurel.standings.window.ChangeStamps;
import dev.laurel.standings.window.WindowRef;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;

/** Makes a window in Redis show of a player what PostgreSQL has, or nothing if that has nothing. */
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
     * Puts a player's present standing into a window, and once more when every event that was on its way must have
     * arrived: one that was committed before, and comes after the player has been taken out, would put the player back.
     *
     * @return fails when Redis does not take it
     */
    Uni<Void> put(WindowRef window, String playerId) {
        return putNow(window, playerId).invoke(() -> settle.later(() -> putNow(window, playerId)));
    }

    private Uni<Void> putNow(WindowRef window, String playerId) {
        return sync.correct(window, List.of(playerId)).invoke(() -> stamps.changed(window));
    }

    /** Outdates what this process has answered of a window. */
    Uni<Void> outdate(WindowRef window) {
        return Uni.createFrom().voidItem().invoke(() -> stamps.changed(window));
    }
}
