package dev.laurel.standings.admin;

import dev.laurel.platform.postgres.Sql;
import dev.laurel.platform.redis.RedisLinks;
import dev.laurel.platform.redis.RedisScript;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.shared.Period;
import dev.laurel.standings.audit.AuditSummary;
import dev.laurel.standings.audit.WindowAudits;
import dev.laurel.standings.load.RepairFigures;
import dev.laurel.standings.load.Repairs;
import dev.laurel.standings.load.StaleWindowLoader;
import dev.laurel.standings.redis.RedisKeys;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The state of the ranked store and the repairs made to it. */
@ApplicationScoped
public class StandingsStatus {
    /** Shorter than the time allowed for the whole status. */
    private static final Duration PATIENCE = Duration.ofMillis(400);

    private static final RedisScript LOADED = RedisScript.load("standings/loaded");

    /** Maximum number of windows looked up in Redis. */
    private static final int MAX_CHECKED = 1_000;

    private static final String COUNTS = """
            SELECT (SELECT count(*) FROM board_window w JOIN board b ON b.id = w.board_id AND b.deleted_at IS NULL
                    WHERE w.state = 'OPEN'),
                   (SELECT count(*) FROM stale_window)""";

    private static final String OPEN = """
            SELECT w.board_id, w.period, w.window_key FROM board_window w
            JOIN board b ON b.id = w.board_id AND b.deleted_at IS NULL
            WHERE w.state = 'OPEN' ORDER BY w.opened_at DESC LIMIT $1""";

    private final Sql sql;
    private final RedisLinks redis;
    private final RedisKeys keys;
    private final StaleWindowLoader staleWindows;
    private final Repairs repairs;
    private final WindowAudits audits;

    StandingsStatus(
            Sql sql,
            RedisLinks redis,
            RedisKeys keys,
            StaleWindowLoader staleWindows,
            Repairs repairs,
            WindowAudits audits) {
        this.sql = sql;
        this.redis = redis;
        this.keys = keys;
        this.staleWindows = staleWindows;
        this.repairs = repairs;
        this.audits = audits;
    }

    /** The open windows of all boards; fails with {@link Unavailable} without PostgreSQL. */
    public Uni<Windows> windows() {
        return sql.run(COUNTS).map(rows -> rows.iterator().next()).chain(counts -> sql.run(OPEN, (long) MAX_CHECKED)
                .chain(open -> loaded(open)
                        .map(loaded -> new Windows(
                                counts.getLong(0), open.size(), loaded, counts.getLong(1), staleWindows.size()))));
    }

    /** Null when Redis is unavailable or too slow for a status. */
    private Uni<Long> loaded(RowSet<Row> open) {
        Map<Integer, List<String>> hashes = new TreeMap<>();
        open.forEach(row -> hashes.computeIfAbsent(row.getInteger(0), board -> new ArrayList<>())
                .add(keys.hash(row.getInteger(0), Period.ofCode(row.getShort(1)), row.getLong(2))));
        return Multi.createFrom()
                .iterable(hashes.values())
                .onItem()
                .transformToUniAndConcatenate(ofBoard -> redis.run(LOADED, ofBoard, List.of()))
                .collect()
                .with(Collectors.summingLong(answer -> answer.toLong()))
                .ifNoItem()
                .after(PATIENCE)
                .recoverWithItem(() -> null)
                .onFailure(Unavailable.class)
                .recoverWithNull();
    }

    /** What this process has found and repaired since it started. */
    public RepairFigures repairs() {
        return repairs.figures();
    }

    /** The comparisons made by all processes; fails with {@link Unavailable} without PostgreSQL. */
    public Uni<AuditSummary> audits() {
        return audits.summary();
    }

    /**
     * The open windows.
     *
     * @param checked how many of them were looked up in Redis, most recently opened first
     * @param loaded how many of these are completely loaded, null when Redis is unavailable
     * @param stale recorded as not to be read from Redis until they are reloaded
     * @param staleHere not read from Redis by this process, or about to be reloaded
     */
    public record Windows(long open, long checked, Long loaded, long stale, int staleHere) {}
}
