package dev.laurel.archive;

import dev.laurel.platform.async.Commits;
import dev.laurel.platform.meters.Meters;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.standings.admin.StandingsAdmin;
import dev.laurel.standings.window.WindowRef;
import dev.laurel.standings.window.WindowState;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.ZoneOffset;

/**
 * Closes windows. First the window stops accepting events, then the final ranking is written, then Redis drops the
 * window. Each step is done once, by whichever process gets to it, and the next rollover finds a step left undone.
 */
@ApplicationScoped
class WindowCloser {
    private static final String BEGIN = "SELECT begin_due_closing($1, $2, $3, $4)";

    /**
     * Replicas take turns at a board: the second one finds the window closed, and never skips ahead to a later one.
     */
    private static final String RETIRED =
            "UPDATE board_window SET retired_at = $4 WHERE board_id = $1 AND period = $2 AND window_key = $3";

    private static final String FINISH = """
            WITH turn AS MATERIALIZED (SELECT pg_advisory_xact_lock(77, $1))
            SELECT finish_closing($1, $2, $3, $4) FROM turn""";

    private final Sql sql;
    private final StandingsAdmin standings;
    private final Commits commits;
    private final Clock clock;
    private final MeterRegistry meters;

    WindowCloser(Sql sql, StandingsAdmin standings, Commits commits, Clock clock, MeterRegistry meters) {
        this.sql = sql;
        this.standings = standings;
        this.commits = commits;
        this.clock = clock;
        this.meters = meters;
    }

    /**
     * Closes a due window.
     *
     * @return the number of ranked players; null when another replica has closed it, or it is no longer due
     */
    Uni<Long> close(WindowRef window) {
        return sql.runForJob(
                        BEGIN,
                        window.board().id(),
                        window.period().code(),
                        window.key(),
                        clock.instant().atOffset(ZoneOffset.UTC))
                .map(rows -> rows.iterator().next().getString(0))
                .chain(state -> WindowState.OPEN.name().equals(state)
                        ? Uni.createFrom().nullItem()
                        : finish(window, "ROLLOVER").call(() -> retire(window)));
    }

    /**
     * Finishes the closing of a generation that a reset has ended.
     *
     * @return the number of players archived; null when another replica has closed it
     */
    Uni<Long> finishReset(WindowRef window) {
        return retire(window).chain(() -> finish(window, "RESET"));
    }

    /** Drops a closed window from Redis; if that fails, {@link Rollover} retries it. */
    Uni<Void> retire(WindowRef window) {
        return standings
                .retire(window)
                .chain(() -> sql.runForJob(
                        RETIRED,
                        window.board().id(),
                        window.period().code(),
                        window.key(),
                        clock.instant().atOffset(ZoneOffset.UTC)))
                .replaceWithVoid()
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Long> finish(WindowRef window, String reason) {
        return sql.runForJob(
                        FINISH,
                        window.board().id(),
                        window.period().code(),
                        window.key(),
                        clock.instant().atOffset(ZoneOffset.UTC))
                .map(WindowCloser::count)
                .onItem()
                .ifNotNull()
                .invoke(() -> announce(window, reason));
    }

    /** Wakes up the followers of closings; PostgreSQL has the closing, so a lost signal loses nothing. */
    private void announce(WindowRef window, String reason) {
        meters.counter(Meters.WINDOWS_CLOSED, "reason", reason).increment();
        commits.announce(Commits.Kind.CLOSINGS, window.board().id());
    }

    private static Long count(RowSet<Row> rows) {
        return rows.iterator().next().getLong(0);
    }
}
