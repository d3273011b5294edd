package dev.laurel.standings.read;

import dev.laurel.board.Board;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.shared.Period;
import dev.laurel.standings.freeze.FreezeSnapshot;
import dev.laurel.standings.freeze.FreezeSnapshots;
import dev.laurel.standings.rank.RankingSource;
import dev.laurel.standings.rank.Source;
import dev.laurel.standings.window.RollingWindows;
import dev.laurel.standings.window.WindowRef;
import dev.laurel.standings.window.WindowRegistry;
import dev.laurel.standings.window.WindowState;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;

/**
 * Reads rankings from the best source that can answer: the snapshot of a frozen board, else the archive for a closed window,
 * else Redis, else PostgreSQL. Rolling windows that have passed are always PostgreSQL's.
 * All give the same answer; only the source differs.
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
     * The window asked for.
     *
     * @param windowId null for the current one
     * @return fails with {@link NotFound} when the board does not keep the period, unless a window is named that it has
     *     had while it did
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

    /** That a frozen board has been reset since is not for the public, so a generation made since is none. */
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

    /** The newest generation of the window before one; null when there is none. */
    public Uni<WindowRef> before(WindowRef window) {
        return windows.before(window);
    }

    /**
     * Asks a question about a window. When the window turns out to have been closed or reset meanwhile, it is looked up
     * again under the name it was asked by. While its board is frozen the snapshot answers, unless the board is asked as
     * administrators see it ({@link Board#unfrozen}).
     */
    public <T> Uni<Reading<T>> read(WindowRef window, String windowId, Question<T> question) {
        return window.board().freeze() == null
                ? live.read(window, windowId, question)
                : readPublic(window, windowId, question);
    }

    private <T> Uni<Reading<T>> readPublic(WindowRef window, String windowId, Question<T> question) {
        if (window.board().frozen(clock.instant())) {
            return snapshots
                    .of(window.board())
                    .chain(snapshot -> snapshot == FreezeSnapshot.NONE
                            ? live.read(window, windowId, question)
                            : readFrozen(window, snapshot, question));
        }
        // What has been read over the instant may be of behind it.
        return live.read(window, windowId, question)
                .chain(reading -> window.board().frozen(clock.instant())
                        ? readPublic(window, windowId, question)
                        : Uni.createFrom().item(reading));
    }

    /** What was neither open nor closed when the board was frozen shows nothing. */
    private <T> Uni<Reading<T>> readFrozen(WindowRef window, FreezeSnapshot snapshot, Question<T> question) {
        WindowRef shown = snapshot.of(window);
        if (shown == null && rolling.wasSettled(window)) {
            return live.read(window, window.id(), question);
        }
        return shown != null
                ? sources.frozen(shown, question)
                : outside(window, snapshot)
                        .chain(known ->
                                known.opened() ? sources.archive(known, question) : sources.nothing(known, question));
    }

    /** A window that is not in a snapshot: it had been closed before, or the public knows nothing of it. */
    private Uni<WindowRef> outside(WindowRef window, FreezeSnapshot snapshot) {
        return closedBefore(window, snapshot)
                .map(closed -> window.in(closed ? WindowState.CLOSED : WindowState.OPEN, closed));
    }

    /** A window as the public is shown it: of a frozen board, as it was then. */
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

    /** What is asked of a source about a window. */
    public interface Question<T> {
        Uni<T> ask(RankingSource source, WindowRef window);
    }

    /** What was read, of which window, and where. */
    public record Reading<T>(T value, WindowRef window, Source source) {}
}
