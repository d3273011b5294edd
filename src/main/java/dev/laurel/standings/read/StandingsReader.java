package dev.laurel.standings.read;

import dev.laurel.board.Board;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.shared.Period;
import dev.laurel.standings.freeze.FreezeSnapshot;
import dev.laurel.standings.freeze.FreezeSnapshots;
import dev.laurel.standings.rank.Place;
import dev.laurel.standings.rank.RankingSource;
import dev.laurel.standings.rank.Source;
import dev.laurel.standings.window.RankingRef;
import dev.laurel.standings.window.RollingWindows;
import dev.laurel.standings.window.WindowRef;
import dev.laurel.standings.window.WindowRegistry;
import dev.laurel.standings.window.WindowState;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.util.List;

/**
 * Reads rankings from the best available source: the snapshot of a frozen board, else the archive for a closed window,
 * else Redis, else PostgreSQL. Past rolling windows are always read from PostgreSQL. All return the same result; only
 * the source differs.
 */
@ApplicationScoped
public class StandingsReader {
    private static final String CLOSED_BEFORE = """
            SELECT EXISTS (SELECT FROM board_window WHERE board_id = $1 AND period = $2 AND window_key = $3
                           AND state = 'CLOSED' AND coalesce(closing_no, 0) <= $4)""";

    private final Sql sql;
    private final WindowRegistry windows;
    private final RollingWindows rolling;
    private final FreezeSnapshots snapshots;
    private final LiveReader live;
    private final RankingSources sources;
    private final Clock clock;

    StandingsReader(
            Sql sql,
            WindowRegistry windows,
            RollingWindows rolling,
            FreezeSnapshots snapshots,
            LiveReader live,
            RankingSources sources,
            Clock clock) {
        this.sql = sql;
        this.windows = windows;
        this.rolling = rolling;
        this.snapshots = snapshots;
        this.live = live;
        this.sources = sources;
        this.clock = clock;
    }

    /**
     * The requested window.
     *
     * @param windowId null for the current one
     * @return fails with {@link NotFound} when the board does not keep the period, unless the name is of a window
     *     from the time when it did
     */
    public Uni<WindowRef> window(Board board, Period period, String windowId) {
        boolean kept = board.definition().periods().contains(period);
        if (kept && board.isFilling(period)) {
            return Uni.createFrom()
                    .failure(Unavailable.overloaded(
                            "The " + period.path() + " ranking is being filled from the ledger; try again soon"));
        }
        if (!kept && (windowId == null || period.isRolling())) {
            return Uni.createFrom().failure(notKept(board, period));
        }
        return windowId == null ? windows.current(board, period) : named(board, period, windowId);
    }

    private Uni<WindowRef> named(Board board, Period period, String id) {
        return windows.named(board, period, id)
                .invoke(window -> {
                    if (!window.opened() && !board.definition().periods().contains(period)) {
                        throw notKept(board, period);
                    }
                })
                .call(window -> id.indexOf('#') < 0 ? Uni.createFrom().nullItem() : requireShown(window, id));
    }

    /**
     * The public must not learn that a frozen board has been reset since, so a generation created after the freeze does
     * not exist for it.
     */
    private Uni<Void> requireShown(WindowRef window, String windowId) {
        return snapshots
                .of(window.board())
                .chain(snapshot -> snapshot == FreezeSnapshot.NONE || snapshot.names(window.period(), windowId)
                        ? Uni.createFrom().item(true)
                        : closedBefore(window, snapshot))
                .invoke(shown -> {
                    if (!shown) {
                        throw new NotFound("Window " + window.window().id() + " has no such generation");
                    }
                })
                .replaceWithVoid();
    }

    private static NotFound notKept(Board board, Period period) {
        return new NotFound("Board " + board.name() + " has no " + period.path() + " ranking");
    }

    /** The newest generation of the window before the given one; null when there is none. */
    public Uni<WindowRef> before(WindowRef window) {
        return windows.before(window);
    }

    /**
     * Answers a question about a ranking. If the window turns out to have been closed or reset in the meantime, it is
     * looked up again by its requested name. While its board is frozen the snapshot answers, unless the board is read
     * as administrators see it ({@link Board#unfrozen}).
     */
    public <T> Uni<Reading<T>> read(RankingRef ranking, String windowId, Question<T> question) {
        return ranking.board().freeze() == null
                ? live.read(ranking, windowId, question)
                : readPublic(ranking, windowId, question);
    }

    /**
     * A player's places in current windows of one board, without neighbours.
     *
     * @param rankings one or more, of all players
     */
    public Uni<List<Reading<Place>>> places(Board board, List<RankingRef> rankings, String playerId) {
        return board.freeze() == null
                ? live.places(rankings, playerId)
                : Uni.join()
                        .all(rankings.stream()
                                .map(ranking ->
                                        readPublic(ranking, null, (source, now) -> source.around(now, playerId, 0)))
                                .toList())
                        .andFailFast();
    }

    /** As {@link #read}, but never from Redis, which may be behind PostgreSQL for a moment. */
    public <T> Uni<Reading<T>> readStored(RankingRef ranking, String windowId, Question<T> question) {
        return read(ranking, windowId, new Question<>() {
            @Override
            public Uni<T> ask(RankingSource source, RankingRef now) {
                return question.ask(source, now);
            }

            @Override
            public boolean needsSql() {
                return true;
            }
        });
    }

    private <T> Uni<Reading<T>> readPublic(RankingRef ranking, String windowId, Question<T> question) {
        if (ranking.board().frozen(clock.instant())) {
            return snapshots
                    .of(ranking.board())
                    .chain(snapshot -> snapshot == FreezeSnapshot.NONE
                            ? live.read(ranking, windowId, question)
                            : readFrozen(ranking, snapshot, question));
        }
        // A read that spans the instant of the freeze may have seen what came after it.
        return live.read(ranking, windowId, question)
                .chain(reading -> ranking.board().frozen(clock.instant())
                        ? readPublic(ranking, windowId, question)
                        : Uni.createFrom().item(reading));
    }

    /** A window that was neither open nor closed when the board was frozen shows nothing. */
    private <T> Uni<Reading<T>> readFrozen(RankingRef ranking, FreezeSnapshot snapshot, Question<T> question) {
        WindowRef window = ranking.window();
        WindowRef shown = snapshot.of(window);
        if (shown == null && rolling.wasSettled(window)) {
            return live.read(ranking, window.id(), question);
        }
        return shown != null
                ? sources.frozen(ranking.in(shown), question)
                : outside(window, snapshot)
                        .chain(known -> known.opened()
                                ? sources.archive(ranking.in(known), question)
                                : sources.nothing(ranking.in(known), question));
    }

    /** A window that is not in a snapshot: either it had been closed before, or the public knows nothing of it. */
    private Uni<WindowRef> outside(WindowRef window, FreezeSnapshot snapshot) {
        return closedBefore(window, snapshot)
                .map(closed -> window.in(closed ? WindowState.CLOSED : WindowState.OPEN, closed));
    }

    /** The window that the public is shown: for a frozen board, as it was at the freeze. */
    public Uni<WindowRef> shown(WindowRef window) {
        return snapshots.of(window.board()).chain(snapshot -> {
            WindowRef pictured = snapshot == FreezeSnapshot.NONE ? window : snapshot.of(window);
            return pictured == null
                    ? outside(window, snapshot)
                    : Uni.createFrom().item(pictured);
        });
    }

    private Uni<Boolean> closedBefore(WindowRef window, FreezeSnapshot snapshot) {
        return window.opened()
                ? sql.run(CLOSED_BEFORE, window.board().id(), window.period().code(), window.key(), snapshot.closings())
                        .map(rows -> rows.iterator().next().getBoolean(0))
                : Uni.createFrom().item(false);
    }

    /** A query that any source can answer about a ranking. */
    public interface Question<T> {
        Uni<T> ask(RankingSource source, RankingRef ranking);

        /** Whether only PostgreSQL may answer it. */
        default boolean needsSql() {
            return false;
        }
    }

    /** The result of a read, with the ranking and the source it came from. */
    public record Reading<T>(T value, RankingRef ranking, Source source) {}
}
