package dev.laurel.archive;

import dev.laurel.archive.Archive.Reset;
import dev.laurel.board.Board;
import dev.laurel.platform.async.Contexts;
import dev.laurel.platform.postgres.PostgresConfig;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.shared.LaurelException.Conflict;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.shared.Period;
import dev.laurel.shared.Window;
import dev.laurel.standings.read.StandingsReader;
import dev.laurel.standings.window.WindowRef;
import dev.laurel.standings.window.WindowRows;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Objects;

/**
 * Performs manual resets. One transaction ends the generation, opens the next one and records the key; writing the
 * archive follows, and the next rollover finishes it if this process does not.
 */
@ApplicationScoped
class Resets {
    /** The next rollover finishes what these leave undone. */
    private static final int ATTEMPTS = 20;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

    private static final String RESET = "SELECT * FROM reset_window($1, $2, $3, $4, $5, $6, $7, $8, $9)";

    /** Raised by {@code reset_window}. */
    private static final String FILLING = "LB005";

    private static final String NO_ROOM = "LB071";

    private static final String KNOWN = """
            SELECT period, asked, reason, author, window_key, window_id, begun FROM window_reset
            WHERE board_id = $1 AND idempotency_key = $2""";

    private static final String CLOSING = """
            SELECT period, window_key, window_id, start_at, end_at, state, CASE state WHEN 'CLOSED' THEN coalesce(players, 0) END
            FROM board_window WHERE board_id = $1 AND period = $2 AND window_key = $3""";

    private final Sql sql;
    private final StandingsReader reader;
    private final WindowCloser closer;
    private final PostgresConfig config;
    private final Clock clock;

    Resets(Sql sql, StandingsReader reader, WindowCloser closer, PostgresConfig config, Clock clock) {
        this.sql = sql;
        this.reader = reader;
        this.closer = closer;
        this.config = config;
        this.clock = clock;
    }

    /** See {@link Archive#reset(Board, ResetOrder)}. */
    Uni<Reset> reset(Board board, ResetOrder order) {
        long started = System.nanoTime();
        return known(board, order)
                .onItem()
                .ifNull()
                .switchTo(() -> begin(board, order))
                .invoke(begun -> begun.requireFor(order))
                .chain(begun -> begun.begun()
                        ? inTime(started, Contexts.toTheEnd(finish(board, begun)))
                                .map(players -> new Reset(begun.windowId(), players))
                        : Uni.createFrom().item(new Reset(begun.windowId(), 0L)));
    }

    private Uni<Begun> known(Board board, ResetOrder order) {
        return order.key() == null
                ? Uni.createFrom().nullItem()
                : sql.run(KNOWN, board.id(), order.key()).map(Resets::begun);
    }

    private Uni<Begun> begin(Board board, ResetOrder order) {
        return reader.window(board, order.period(), null)
                .call(running -> requireNamed(board, order, running))
                // PostgreSQL finds the generation that is running: another process may have reset the window just now.
                .chain(running -> sql.inTransaction(statements -> statements.run(
                                RESET,
                                board.id(),
                                order.period().code(),
                                running.key(),
                                running.window().id(),
                                order.window(),
                                order.reason(),
                                order.author(),
                                order.key(),
                                clock.instant().atOffset(ZoneOffset.UTC)))
                        .onFailure(PgException.class)
                        .transform(e -> refusal(e, running)))
                .map(Resets::begun);
    }

    private static Throwable refusal(PgException failure, WindowRef running) {
        String id = running.window().id();
        return switch (failure.getSqlState()) {
            case FILLING -> Unavailable.overloaded("Window " + id + " is being filled from the ledger; try again soon");
            case NO_ROOM ->
                new Conflict("Window " + id + " has been reset " + (Window.MAX_GENERATIONS - 1)
                        + " times, which is the maximum");
            default -> failure;
        };
    }

    /** A job that fires after its window has ended would otherwise empty the next one. */
    private Uni<Void> requireNamed(Board board, ResetOrder order, WindowRef running) {
        String name = running.window().id();
        if (order.window() == null || order.window().equals(name)) {
            return Uni.createFrom().voidItem();
        }
        return reader.window(board, order.period(), order.window())
                .invoke(other -> {
                    throw new Conflict("Window " + order.window() + " is not running; the running one is " + name
                            + ". Nothing has been reset");
                })
                .replaceWithVoid();
    }

    /** Finishes a closing that has begun; other processes may be closing too, and each skips rows that another has locked. */
    private Uni<Long> finish(Board board, Begun begun) {
        return attempt(board, begun)
                .onItem()
                .ifNull()
                .failWith(Resets::goesOn)
                .onFailure(Unavailable.class)
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .atMost(ATTEMPTS)
                // The failure raised once all attempts have failed.
                .onFailure(IllegalStateException.class)
                .transform(failure -> goesOn());
    }

    /** The number of players; null while another process is closing. */
    private Uni<Long> attempt(Board board, Begun begun) {
        return closing(board, begun)
                .chain(closing -> closing.players() != null
                        ? Uni.createFrom().item(closing.players())
                        : closer.finishReset(closing.window()))
                .onItem()
                .ifNull()
                .switchTo(() -> closing(board, begun).map(Closing::players));
    }

    private Uni<Closing> closing(Board board, Begun begun) {
        return sql.runForJob(CLOSING, board.id(), begun.period().code(), begun.key())
                .map(rows -> rows.iterator().next())
                .map(row -> new Closing(WindowRows.reference(board, row), row.getLong(6)));
    }

    private Uni<Long> inTime(long started, Uni<Long> finishing) {
        Duration left = config.deadline().minusNanos(System.nanoTime() - started);
        return finishing
                .ifNoItem()
                .after(left.compareTo(Duration.ofMillis(1)) > 0 ? left : Duration.ofMillis(1))
                .failWith(Resets::goesOn);
    }

    private static Unavailable goesOn() {
        return Unavailable.late(
                "The window has been reset and its players start again from nothing; its archive is still being written");
    }

    private static Begun begun(RowSet<Row> rows) {
        if (rows.size() == 0) {
            return null;
        }
        Row row = rows.iterator().next();
        return new Begun(
                Period.ofCode(row.getShort(0)),
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getLong(4),
                row.getString(5),
                row.getBoolean(6));
    }

    /** A generation that has been ended; players is set once it is closed. */
    private record Closing(WindowRef window, Long players) {}

    /**
     * The recorded result of a reset request.
     *
     * @param asked the window it named, or null
     * @param windowId the generation that was closed, or the window that had nothing to close
     */
    private record Begun(
            Period period, String asked, String reason, String author, long key, String windowId, boolean begun) {
        void requireFor(ResetOrder order) {
            if (period != order.period()
                    || !Objects.equals(asked, order.window())
                    || !reason.equals(order.reason())
                    || !author.equals(order.author())) {
                throw new Conflict("Idempotency-Key " + order.key() + " has been used for another reset");
            }
        }
    }
}
