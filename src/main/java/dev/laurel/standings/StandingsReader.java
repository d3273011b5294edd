package dev.laurel.standings;

import dev.laurel.board.Board;
import dev.laurel.platform.ServerTiming;
import dev.laurel.platform.postgres.Pulse;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.shared.Period;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * Reads rankings from the best source that can answer: the picture of a frozen board, else the archive for a closed window,
 * else Redis, else PostgreSQL. Rolling windows that have passed are always PostgreSQL's.
 * All give the same answer; only the source differs.
 */
@ApplicationScoped
public class StandingsReader {
    /** A window moves at most from open over closing to closed while a request lasts. */
    private static final int MAX_MOVES = 3;

    private static final String CLOSED_BEFORE = """
            SELECT EXISTS (SELECT FROM board_window WHERE board_id = $1 AND period = $2 AND window_key = $3
                           AND state = 'CLOSED' AND coalesce(closing_no, 0) <= $4)""";

    private final Sql sql;
    private final WindowRegistry windows;
    private final RedisRankings redis;
    private final PostgresRankings postgres;
    private final ArchivedRankings archive;
    private final FrozenRankings frozen;
    private final NoRankings nothing;
    private final Rebuilder rebuilder;
    private final RollingWindows rolling;
    private final Pictures pictures;
    private final Clock clock;
    private final Pulse pulse;
    private final ReadCounts counts;
    private final Map<Source, String> steps = new EnumMap<>(Source.class);

    StandingsReader(
            Sql sql,
            WindowRegistry windows,
            RedisRankings redis,
            PostgresRankings postgres,
            ArchivedRankings archive,
            FrozenRankings frozen,
            NoRankings nothing,
            Rebuilder rebuilder,
            RollingWindows rolling,
            Pictures pictures,
            Clock clock,
            Pulse pulse,
            ReadCounts counts) {
        this.sql = sql;
        this.windows = windows;
        this.redis = redis;
        this.postgres = postgres;
        this.archive = archive;
        this.frozen = frozen;
        this.nothing = nothing;
        this.rebuilder = rebuilder;
        this.rolling = rolling;
        this.pictures = pictures;
        this.clock = clock;
        this.pulse = pulse;
        this.counts = counts;
        for (Source source : Source.values()) {
            steps.put(source, source.name().toLowerCase(Locale.ROOT));
        }
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
        return pictures.of(window.board())
                .chain(picture -> picture == Picture.NONE || picture.names(window.period(), windowId)
                        ? Uni.createFrom().item(true)
                        : closedBefore(window, picture))
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
     * again under the name it was asked by. While its board is frozen the picture answers, unless the board is asked as
     * administrators see it ({@link Board#unfrozen}).
     */
    public <T> Uni<Reading<T>> read(WindowRef window, String windowId, Question<T> question) {
        return window.board().freeze() == null
                ? readLive(window, windowId, question)
                : readPublic(window, windowId, question);
    }

    private <T> Uni<Reading<T>> readPublic(WindowRef window, String windowId, Question<T> question) {
        if (window.board().frozen(clock.instant())) {
            return pictures.of(window.board())
                    .chain(picture -> picture == Picture.NONE
                            ? readLive(window, windowId, question)
                            : readFrozen(window, picture, question));
        }
        // What has been read over the instant may be of behind it.
        return readLive(window, windowId, question)
                .chain(reading -> window.board().frozen(clock.instant())
                        ? readPublic(window, windowId, question)
                        : Uni.createFrom().item(reading));
    }

    /** What was neither open nor closed when the board was frozen shows nothing. */
    private <T> Uni<Reading<T>> readFrozen(WindowRef window, Picture picture, Question<T> question) {
        WindowRef shown = picture.of(window);
        if (shown == null && rolling.wasSettled(window)) {
            return readLive(window, window.id(), question);
        }
        return shown != null
                ? ask(frozen, shown, question)
                : outside(window, picture).chain(known -> ask(known.opened() ? archive : nothing, known, question));
    }

    /** A window that is not in a picture: it had been closed before, or the public knows nothing of it. */
    private Uni<WindowRef> outside(WindowRef window, Picture picture) {
        return closedBefore(window, picture)
                .map(closed -> window.in(closed ? WindowState.CLOSED : WindowState.OPEN, closed));
    }

    /** A window as the public is shown it: of a frozen board, as it was then. */
    public Uni<WindowRef> shown(WindowRef window) {
        return pictures.of(window.board()).chain(picture -> {
            WindowRef pictured = picture == Picture.NONE ? window : picture.of(window);
            return pictured == null
                    ? outside(window, picture)
                    : Uni.createFrom().item(pictured);
        });
    }

    private Uni<Boolean> closedBefore(WindowRef window, Picture picture) {
        return window.opened()
                ? sql.run(CLOSED_BEFORE, window.board().id(), window.period().code(), window.key(), picture.closings())
                        .map(rows -> rows.iterator().next().getBoolean(0))
                : Uni.createFrom().item(false);
    }

    private <T> Uni<Reading<T>> readLive(WindowRef window, String windowId, Question<T> question) {
        return readOnce(window, question).onFailure(WindowMoved.class).recoverWithUni(() -> Uni.createFrom()
                .deferred(() -> readAgain(window, windowId, question))
                .onFailure(WindowMoved.class)
                .retry()
                .atMost(MAX_MOVES)
                .onFailure(WindowMoved.class)
                .transform(moved -> Unavailable.overloaded("The window is being closed")));
    }

    private <T> Uni<Reading<T>> readAgain(WindowRef window, String windowId, Question<T> question) {
        return windows.again(window, windowId).chain(found -> readOnce(found.by(window.metric()), question));
    }

    private <T> Uni<Reading<T>> readOnce(WindowRef window, Question<T> question) {
        if (window.state() == WindowState.CLOSED) {
            return ask(archive, window, question);
        }
        if (!window.opened()) {
            return ask(nothing, window, question);
        }
        if (!rolling.inRedis(window) || !rebuilder.trusts(window)) {
            return ask(postgres, window, question);
        }
        Uni<Reading<T>> read = ask(redis, window, question)
                .onFailure(NotLoaded.class)
                .invoke(() -> rebuilder.request(window))
                .onFailure(failure -> !movedOn(failure, window))
                .recoverWithUni(() -> ask(postgres, window, question));
        // Without either store nobody waits for Redis's deadline, and for PostgreSQL after it.
        return redis.impaired() ? pulse.whileAlive(read) : read;
    }

    /** Redis drops a window before its archive is complete; until then PostgreSQL has it. */
    private static boolean movedOn(Throwable failure, WindowRef window) {
        return failure instanceof WindowMoved && window.state() == WindowState.OPEN;
    }

    private <T> Uni<Reading<T>> ask(RankingSource source, WindowRef window, Question<T> question) {
        long started = System.nanoTime();
        Uni<T> answer = question.ask(source, window);
        // Redis has a deadline of its own, and a window without events asks nobody.
        boolean stored = source != redis && source != nothing;
        return (stored ? pulse.whileAlive(answer) : answer).map(value -> {
            ServerTiming.record(steps.get(source.source()), started);
            counts.add(source.source());
            return new Reading<>(value, window, source.source());
        });
    }

    /** What is asked of a source about a window. */
    public interface Question<T> {
        Uni<T> ask(RankingSource source, WindowRef window);
    }

    /** What was read, of which window, and where. */
    public record Reading<T>(T value, WindowRef window, Source source) {}
}
