package dev.laurel.standings.write;

import dev.laurel.platform.async.Contexts;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.shared.Period;
import dev.laurel.standings.load.Rebuilder;
import dev.laurel.standings.load.SettleTimer;
import dev.laurel.standings.load.StandingsSync;
import dev.laurel.standings.window.ChangeStamps;
import dev.laurel.standings.window.RollingWindows;
import dev.laurel.standings.window.WindowRef;
import dev.laurel.standings.window.WindowState;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;

/** Takes players out of the ranking of one window, and reinstates them; the players below move. */
@ApplicationScoped
public class DisqualificationStore {
    private static final String CHANGE = "SELECT change_disqualification($1, $2, $3, $4, $5, $6, $7, $8, $9)";

    private static final String IS_BARRED = """
            SELECT EXISTS (SELECT FROM disqualification
                           WHERE board_id = $1 AND period = $2 AND window_key = $3 AND player_id = $4)""";

    private final Sql sql;
    private final StandingsSync sync;
    private final RollingWindows rolling;
    private final Rebuilder rebuilder;
    private final ChangeStamps stamps;
    private final SettleTimer settle;
    private final Clock clock;

    DisqualificationStore(
            Sql sql,
            StandingsSync sync,
            RollingWindows rolling,
            Rebuilder rebuilder,
            ChangeStamps stamps,
            SettleTimer settle,
            Clock clock) {
        this.sql = sql;
        this.sync = sync;
        this.rolling = rolling;
        this.rebuilder = rebuilder;
        this.stamps = stamps;
        this.settle = settle;
        this.clock = clock;
    }

    /**
     * Disqualifies a player, or reinstates the player. Once it completes, every reader sees the change, or Redis is not
     * read.
     *
     * @param bar true to disqualify the player
     * @return whether anything has changed
     */
    public Uni<Boolean> change(WindowRef window, String playerId, boolean bar, String reason, String author) {
        return Contexts.toTheEnd(changeAndShow(window, playerId, bar, reason, author));
    }

    private Uni<Boolean> changeAndShow(WindowRef window, String playerId, boolean bar, String reason, String author) {
        return sql.runForJob(
                        CHANGE,
                        window.board().id(),
                        window.period().code(),
                        window.key(),
                        window.id(),
                        playerId,
                        bar,
                        reason,
                        author,
                        clock.instant().atOffset(ZoneOffset.UTC))
                .map(rows -> rows.iterator().next().getString(0))
                // Also when nothing has changed: the process that decided it may have died before it updated Redis.
                .call(state -> WindowState.OPEN
                                .name()
                                .equals(state == null ? window.state().name() : state)
                        ? show(window, playerId, bar)
                        : Uni.createFrom().nullItem())
                .invoke(() -> stamps.changed(window))
                // Likewise; and once more when everything in flight has arrived. If PostgreSQL is unavailable then, the
                // load that follows makes up for it.
                .call(() -> correctRolling(window, playerId))
                .invoke(() -> settle.later(() -> correctRolling(window, playerId)))
                .map(state -> state != null);
    }

    /** A day in which the player is disqualified no longer counts in rolling windows. */
    private Uni<Void> correctRolling(WindowRef window, String playerId) {
        if (window.period() != Period.DAILY) {
            return Uni.createFrom().voidItem();
        }
        return Multi.createFrom()
                .iterable(rolling.holding(window.board(), window.window().start()))
                .onItem()
                .transformToUniAndConcatenate(made -> sync.correct(made, List.of(playerId))
                        .onFailure()
                        .recoverWithUni(failure -> rebuilder.markStale(List.of(made)))
                        .invoke(() -> stamps.changed(made)))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> show(WindowRef window, String playerId, boolean bar) {
        Uni<Void> work = bar
                ? remove(window, playerId)
                : sync.apply(window, List.of(playerId)).replaceWithVoid();
        return work.invoke(() -> {
                    if (bar) {
                        removeLater(window, playerId);
                    }
                })
                .onFailure()
                .recoverWithUni(failure -> rebuilder.markStale(List.of(window)));
    }

    private Uni<Void> remove(WindowRef window, String playerId) {
        return Multi.createFrom()
                .iterable(window.byEachMetric())
                .onItem()
                .transformToUniAndConcatenate(ranking -> sync.remove(ranking, List.of(playerId)))
                .collect()
                .last()
                .replaceWithVoid();
    }

    /**
     * An event committed just before may have been on its way to Redis and have put the player back. The player may
     * also have been reinstated in the meantime.
     */
    private void removeLater(WindowRef window, String playerId) {
        settle.later(() -> isBarred(window, playerId)
                .chain(barred -> barred
                        ? removeWhileBarred(window, playerId)
                        : Uni.createFrom().voidItem()));
    }

    private Uni<Void> removeWhileBarred(WindowRef window, String playerId) {
        return remove(window, playerId)
                .chain(() -> isBarred(window, playerId))
                .chain(barred -> barred
                        ? Uni.createFrom().voidItem()
                        : sync.apply(window, List.of(playerId)).replaceWithVoid())
                .invoke(() -> stamps.changed(window));
    }

    private Uni<Boolean> isBarred(WindowRef window, String playerId) {
        return sql.runForJob(IS_BARRED, window.board().id(), window.period().code(), window.key(), playerId)
                .map(rows -> rows.iterator().next().getBoolean(0));
    }
}
