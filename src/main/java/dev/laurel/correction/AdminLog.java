package dev.laurel.correction;

import dev.laurel.platform.postgres.Pulse;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.shared.PageRequest;
import dev.laurel.shared.PageResult;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * The changes that administrators have made to a board, with the reasons. Written in the transactions that make the
 * changes, or before changes elsewhere.
 */
@ApplicationScoped
public class AdminLog {
    private static final String LIST = """
            SELECT at, action, player_id, window_id, author, reason FROM admin_log
            WHERE board_id = $1 ORDER BY id DESC OFFSET $2 LIMIT $3""";

    private static final String COUNT = "SELECT count(*) FROM admin_log WHERE board_id = $1";

    private static final String RECORD =
            "INSERT INTO admin_log (at, action, board_id, author, reason) VALUES ($1, $2, $3, $4, $5)";

    private static final String LIST_OF_SERVICE = LIST.replace("board_id = $1", "board_id IS NULL")
            .replace("$2", "$1")
            .replace("$3", "$2");

    private static final String COUNT_OF_SERVICE = "SELECT count(*) FROM admin_log WHERE board_id IS NULL";

    private static final String RECORD_FOR_SERVICE =
            "INSERT INTO admin_log (at, action, reason, player_id, author) VALUES ($1, $2, $3, $4, $5)";

    private final Sql sql;
    private final Pulse pulse;
    private final Clock clock;

    AdminLog(Sql sql, Pulse pulse, Clock clock) {
        this.sql = sql;
        this.pulse = pulse;
        this.clock = clock;
    }

    /**
     * Records a change that is about to be made outside PostgreSQL.
     *
     * @param action one of those of {@link Entry}
     */
    public Uni<Void> record(int boardId, String action, Decision decision) {
        return sql.run(
                        RECORD,
                        clock.instant().atOffset(ZoneOffset.UTC),
                        action,
                        boardId,
                        decision.author(),
                        decision.reason())
                .replaceWithVoid();
    }

    /**
     * Records something that concerns the service as a whole.
     *
     * @param playerId the only player whom it concerns, or null
     */
    public Uni<Void> recordForService(String action, String reason, String playerId, String author) {
        return sql.run(RECORD_FOR_SERVICE, clock.instant().atOffset(ZoneOffset.UTC), action, reason, playerId, author)
                .replaceWithVoid();
    }

    /** What concerns the service as a whole, newest first. */
    public Uni<PageResult<Entry>> ofService(PageRequest page) {
        return pulse.whileAlive(sql.run(COUNT_OF_SERVICE)
                .map(rows -> rows.iterator().next().getLong(0))
                .chain(total -> sql.run(LIST_OF_SERVICE, page.offset(), (long) page.limit())
                        .map(rows -> new PageResult<>(entries(rows), total))));
    }

    private static List<Entry> entries(RowSet<Row> rows) {
        List<Entry> entries = new ArrayList<>(rows.size());
        rows.forEach(row -> entries.add(entry(row)));
        return entries;
    }

    /** The changes on a board, newest first. */
    public Uni<PageResult<Entry>> of(int boardId, PageRequest page) {
        return pulse.whileAlive(page(boardId, page));
    }

    private Uni<PageResult<Entry>> page(int boardId, PageRequest page) {
        return sql.run(COUNT, boardId)
                .map(rows -> rows.iterator().next().getLong(0))
                .chain(total -> sql.run(LIST, boardId, page.offset(), (long) page.limit())
                        .map(rows -> new PageResult<>(entries(rows), total)));
    }

    private static Entry entry(Row row) {
        return new Entry(
                row.getOffsetDateTime(0).toInstant(),
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5));
    }

    /**
     * One change.
     *
     * @param action {@code DISQUALIFY}, {@code REINSTATE}, {@code ADJUST}, {@code UNDO}, {@code RESET},
     *     {@code SYNC}, {@code CLEAR_CACHE}, {@code TAKE_OVER}, {@code IMPORT}, {@code WITHDRAW}, {@code ACCEPT}, {@code REJECT}; of the service
     *     as a whole {@code DROP_CACHE}, {@code OPTIMIZE}, {@code BACKUP} or {@code RESTORE}
     * @param playerId null when it concerned all players
     * @param windowId null when it concerned several windows
     */
    public record Entry(Instant at, String action, String playerId, String windowId, String author, String reason) {}
}
