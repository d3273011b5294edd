package dev.laurel.standings.window;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.laurel.board.Board;
import dev.laurel.platform.async.Contexts;
import dev.laurel.platform.postgres.Pulse;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.shared.Period;
import dev.laurel.shared.Window;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;

/**
 * The windows of boards: which generation is the current one, and in which state.
 *
 * <p>Entries may be slightly out of date. They are never trusted where it matters: PostgreSQL checks writes, the
 * serving store checks reads, and both callers come back here to {@link #forget} and look again.
 */
@ApplicationScoped
public class WindowRegistry {
    private static final Duration REFRESH = Duration.ofSeconds(1);
    private static final Pattern GENERATION_NUMBER = Pattern.compile("[1-9]\\d{0,3}");
    private static final int MAX_KNOWN = 100_000;

    private static final String NEWEST = """
            SELECT window_key, state, window_id FROM board_window
            WHERE board_id = $1 AND period = $2 AND window_key BETWEEN $3 AND $3 + 1023
            ORDER BY window_key DESC LIMIT 1""";

    private static final String GENERATION =
            "SELECT window_key, state, window_id FROM board_window WHERE board_id = $1 AND period = $2 AND window_id = $3";

    private static final String OPEN =
            "SELECT window_key, state, window_id FROM open_window($1, $2, $3, $4, $5, $6, $7)";

    private final Sql sql;
    private final Pulse pulse;
    private final WindowPreparer preparer;
    private final WindowCalendars calendars;
    private final RollingWindows rolling;
    private final Clock clock;
    private final AsyncLoadingCache<WindowKey, WindowRef> known;
    private final ConcurrentMap<WindowKey, CompletableFuture<WindowRef>> opening = new ConcurrentHashMap<>();

    WindowRegistry(
            Sql sql,
            Pulse pulse,
            WindowPreparer preparer,
            WindowCalendars calendars,
            RollingWindows rolling,
            Clock clock) {
        this.sql = sql;
        this.pulse = pulse;
        this.preparer = preparer;
        this.calendars = calendars;
        this.rolling = rolling;
        this.clock = clock;
        this.known = Caffeine.newBuilder()
                .maximumSize(MAX_KNOWN)
                .refreshAfterWrite(REFRESH)
                .expireAfter(
                        Expiry.creating((WindowKey key, WindowRef window) -> key.knownFor(window, clock.instant())))
                .buildAsync((WindowKey key, Executor executor) -> newest(key));
    }

    /** The window of a period that is shown as running ({@link WindowCalendars#shown}); fails with {@link NotFound} between seasons. */
    public Uni<WindowRef> current(Board board, Period period) {
        Window shown = calendars.shown(board, period, clock.instant());
        return shown == null
                ? Uni.createFrom().failure(new NotFound("No season of board " + board.name() + " is running"))
                : find(board, shown);
    }

    /** The newest generation of the window that contains an instant; null between two seasons. */
    public Uni<WindowRef> at(Board board, Period period, Instant instant) {
        Window window = calendars.at(board, period, instant);
        return window == null ? Uni.createFrom().nullItem() : find(board, window);
    }

    /** The newest generation of the window before the given one; null when there is none. */
    public Uni<WindowRef> before(WindowRef window) {
        return calendars
                .before(window.board(), window.window())
                .map(before -> find(window.board(), before))
                .orElseGet(() -> Uni.createFrom().nullItem());
    }

    /**
     * Finds a window by name; a name without a generation means the newest one.
     *
     * @return fails with {@link NotFound} when the named generation does not exist
     */
    public Uni<WindowRef> named(Board board, Period period, String id) {
        int mark = id.indexOf('#');
        if (mark < 0) {
            Window window = WindowCalendars.named(board, period, "window", id);
            return period.isRolling() ? rolling.named(board, window) : find(board, window);
        }
        Window window = WindowCalendars.named(board, period, "window", id.substring(0, mark));
        if (!GENERATION_NUMBER.matcher(id.substring(mark + 1)).matches()) {
            throw new InvalidInput("window", "must end in the number of a generation, such as #1");
        }
        return pulse.whileAlive(sql.run(GENERATION, board.id(), period.code(), id))
                .map(rows -> rows.size() == 0 ? null : reference(new WindowKey(board, window), rows))
                .onItem()
                .ifNull()
                .failWith(() -> new NotFound("Window " + window.id() + " has no such generation"));
    }

    /**
     * All windows with standings of their own that contain an instant, in the order of periods, each opened if it never
     * was; without the season between two seasons.
     */
    public Uni<List<WindowRef>> openAt(Board board, Instant instant) {
        List<WindowRef> ready = new ArrayList<>();
        List<Uni<WindowRef>> missing = new ArrayList<>();
        for (Period period : Period.values()) {
            boolean own = board.definition().periods().contains(period) && !period.isRolling();
            Window window = own ? calendars.at(board, period, instant) : null;
            if (window != null) {
                WindowKey key = new WindowKey(board, window);
                Contexts.arrived(known.getIfPresent(key))
                        .filter(WindowRef::opened)
                        .ifPresentOrElse(ready::add, () -> missing.add(open(key)));
            }
        }
        if (missing.isEmpty()) {
            return Uni.createFrom().item(ready);
        }
        return Uni.join().all(missing).andFailFast().map(opened -> {
            ready.addAll(opened);
            ready.sort(java.util.Comparator.comparing(WindowRef::period));
            return ready;
        });
    }

    /** Forgets a window because a store has contradicted the entry. */
    public void forget(WindowRef window) {
        known.synchronous().invalidate(new WindowKey(window.board(), window.window()));
    }

    private Uni<WindowRef> find(Board board, Window window) {
        if (window.period().isRolling()) {
            return Uni.createFrom().item(RollingWindows.reference(board, window));
        }
        WindowKey key = new WindowKey(board, window);
        CompletableFuture<WindowRef> found = known.get(key);
        Optional<WindowRef> arrived = Contexts.arrived(found);
        if (arrived.isPresent()) {
            return Uni.createFrom().item(arrived.get());
        }
        return pulse.whileAlive(Contexts.await(found))
                // While PostgreSQL is unavailable Redis may still have it; Redis reports when the generation is another
                // one.
                .onFailure(Unavailable.class)
                .recoverWithItem(() -> guess(key));
    }

    private static WindowRef guess(WindowKey key) {
        Window window = key.window();
        return new WindowRef(key.board(), window, window.firstKey(), window.id(), WindowState.OPEN, true);
    }

    /**
     * Looks up a window again after a store has contradicted the entry.
     *
     * @return fails with {@link Unavailable} when PostgreSQL is unavailable: a guess has just been wrong
     */
    public Uni<WindowRef> again(WindowRef window, String id) {
        forget(window);
        if (id != null && id.indexOf('#') >= 0) {
            return named(window.board(), window.period(), id);
        }
        return window.period().isRolling()
                ? Uni.createFrom().item(window)
                : pulse.whileAlive(Contexts.await(known.get(new WindowKey(window.board(), window.window()))));
    }

    private CompletableFuture<WindowRef> newest(WindowKey key) {
        return sql.run(
                        NEWEST,
                        key.board().id(),
                        key.window().period().code(),
                        key.window().firstKey())
                .map(rows -> rows.size() == 0 ? unopened(key) : reference(key, rows))
                .subscribeAsCompletionStage();
    }

    /** Opened once, however many first events arrive together. */
    private Uni<WindowRef> open(WindowKey key) {
        return Contexts.once(opening, key, () -> openNow(key).onTermination().invoke(() -> opening.remove(key)));
    }

    private Uni<WindowRef> openNow(WindowKey key) {
        Window window = key.window();
        return sql.run(
                        OPEN,
                        key.board().id(),
                        window.period().code(),
                        window.firstKey(),
                        window.id(),
                        WindowRows.utc(window.start()),
                        WindowRows.utc(window.end()),
                        WindowRows.utc(clock.instant()))
                .map(rows -> rows.size() == 0 ? unopened(key) : reference(key, rows))
                // One that is over is opened for an import of historic rows, and read by nobody before it is closed.
                .call(opened -> key.isOver(clock.instant())
                        ? Uni.createFrom().voidItem()
                        : preparer.prepare(opened).onFailure().recoverWithNull())
                .invoke(opened -> known.put(key, CompletableFuture.completedFuture(opened)));
    }

    /** A window without events: nothing to archive, so once it is past it counts as closed. */
    private WindowRef unopened(WindowKey key) {
        Window window = key.window();
        WindowState state = key.isOver(clock.instant()) ? WindowState.CLOSED : WindowState.OPEN;
        return new WindowRef(key.board(), window, window.firstKey(), window.id(), state, false);
    }

    private static WindowRef reference(WindowKey key, RowSet<Row> rows) {
        Row row = rows.iterator().next();
        long windowKey = row.getLong(0);
        WindowState state = WindowState.valueOf(row.getString(1));
        return new WindowRef(key.board(), key.window(), windowKey, row.getString(2), state, true);
    }
}
