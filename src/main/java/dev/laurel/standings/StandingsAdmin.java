package dev.laurel.standings;

import dev.laurel.board.Board;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.platform.redis.RedisLinks;
import dev.laurel.platform.redis.RedisScript;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.shared.Period;
import dev.laurel.shared.Window;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** What can be done to the ranked store as a whole. */
@ApplicationScoped
public class StandingsAdmin {
    private static final RedisScript CLEAR = RedisScript.load("standings/clear");

    private static final String LIVE_WINDOWS = """
            SELECT period, window_key, window_id, start_at, end_at, state FROM board_window
            WHERE board_id = $1 AND state <> 'CLOSED' ORDER BY end_at DESC NULLS FIRST""";

    private static final String COUNT = "SELECT count(*) FROM live_standings($1, $2, $3)";

    private static final String COUNT_ROLLING = "SELECT count(*) FROM rolling_scores($1, $2, $3, 0::smallint, NULL)";

    /** Somebody who clears the cache all the time will not have it filled. */
    private static final int LOADS_AFTER_A_CLEARING = 3;

    private final Sql sql;
    private final RedisLinks redis;
    private final RedisKeys keys;
    private final RedisRankings rankings;
    private final RedisStandings standings;
    private final WindowRegistry windows;
    private final RollingWindows rolling;
    private final Rebuilder rebuilder;
    private final Suspects suspects;
    private final ChangeStamps stamps;

    StandingsAdmin(
            Sql sql,
            RedisLinks redis,
            RedisKeys keys,
            RedisRankings rankings,
            RedisStandings standings,
            WindowRegistry windows,
            RollingWindows rolling,
            Rebuilder rebuilder,
            Suspects suspects,
            ChangeStamps stamps) {
        this.sql = sql;
        this.redis = redis;
        this.keys = keys;
        this.rankings = rankings;
        this.standings = standings;
        this.windows = windows;
        this.rolling = rolling;
        this.rebuilder = rebuilder;
        this.suspects = suspects;
        this.stamps = stamps;
    }

    /** The windows of a board that Redis may hold: those that are not archived yet, the longest first, and the rolling ones. */
    public Uni<List<WindowRef>> liveWindows(Board board) {
        return sql.run(LIVE_WINDOWS, board.id()).map(rows -> {
            List<WindowRef> found = new ArrayList<>(rows.size());
            rows.forEach(row -> found.add(reference(board, row)));
            found.addAll(rolling.inUse(board));
            return found;
        });
    }

    /** A window from a row of period, key, name, start, end and state. */
    public static WindowRef reference(Board board, Row row) {
        Period period = Period.ofCode(row.getShort(0));
        Window window = new Window(
                period, row.getString(2), instant(row.getOffsetDateTime(3)), instant(row.getOffsetDateTime(4)));
        return new WindowRef(
                board, window, row.getLong(1), row.getString(2), WindowState.valueOf(row.getString(5)), true);
    }

    private static Instant instant(OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    /**
     * Loads a window from PostgreSQL into Redis.
     *
     * @return the number of players loaded, or -1 when another loader is at it
     */
    public Uni<Long> load(WindowRef window) {
        return rebuilder
                .rebuild(window)
                .onFailure(StandingsAdmin::isMadeVoid)
                .retry()
                .atMost(LOADS_AFTER_A_CLEARING)
                .invoke(() -> stamps.changeAll());
    }

    private static boolean isMadeVoid(Throwable failure) {
        return failure instanceof Unavailable unavailable && unavailable.isMadeVoid();
    }

    /** Has the current windows of a board ready in Redis. */
    public Uni<Void> warm(Board board) {
        Multi<WindowRef> own = Multi.createFrom()
                .iterable(board.definition().periods())
                .select()
                .where(period -> !period.isRolling())
                .onItem()
                .transformToUniAndConcatenate(period -> windows.current(board, period)
                        // Between two seasons there is nothing to warm.
                        .onFailure(NotFound.class)
                        .recoverWithNull())
                .select()
                .where(WindowRef::opened);
        return Multi.createBy()
                .concatenating()
                .streams(own, Multi.createFrom().iterable(rolling.wanted(board)))
                .onItem()
                .transformToUniAndConcatenate(rebuilder::ensureLoaded)
                .collect()
                .last()
                .replaceWithVoid();
    }

    /**
     * Has the rolling windows of a board loaded anew whose definition has changed: a period that comes back to it finds in
     * Redis what it left there.
     *
     * @return fails with {@link Unavailable} when that cannot be made sure
     */
    public Uni<Void> renewRolling(Board board) {
        List<WindowRef> windowsOfDays = rolling.inUse(board);
        return windowsOfDays.isEmpty() ? Uni.createFrom().voidItem() : rebuilder.distrust(windowsOfDays);
    }

    /** Empties the live windows of a board in Redis. */
    public Uni<Long> clear(Board board) {
        return liveWindows(board)
                .chain(found -> Multi.createFrom()
                        .iterable(found)
                        .onItem()
                        .transformToMultiAndConcatenate(
                                window -> Multi.createFrom().iterable(window.byEachMetric()))
                        .onItem()
                        .transformToUniAndConcatenate(ranking -> redis.runFirst(CLEAR, keys.all(ranking), List.of()))
                        .collect()
                        .with(java.util.stream.Collectors.summingLong(answer -> answer.toLong())))
                .invoke(() -> stamps.changeAll());
    }

    /** Ends a closed window in what this process knows and in Redis; fails when Redis does not take it. */
    public Uni<Void> retire(WindowRef window) {
        return Uni.createFrom().voidItem().invoke(() -> windows.forget(window)).chain(() -> standings.retire(window));
    }

    /** How a window stands in both stores. */
    public Uni<Comparison> compare(WindowRef window) {
        return (window.period().isRolling()
                        ? sql.run(COUNT_ROLLING, window.board().id(), window.key(), RollingWindows.endKey(window))
                        : sql.run(COUNT, window.board().id(), window.period().code(), window.key()))
                .map(rows -> rows.iterator().next().getLong(0))
                .chain(players -> rankings.page(window, 0, 1)
                        .map(Stretch::total)
                        .onFailure()
                        .recoverWithItem(-1L)
                        .map(cached -> new Comparison(window, players, cached)));
    }

    /** Windows that this process does not read from Redis until they are loaded again. */
    public int suspects() {
        return suspects.size();
    }

    /**
     * Number of players of a window in both stores.
     *
     * @param cached players in Redis, -1 when it is not loaded
     */
    public record Comparison(WindowRef window, long players, long cached) {}
}
