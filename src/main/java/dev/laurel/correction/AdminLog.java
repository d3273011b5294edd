package dev.laurel.correction;

import dev.laurel.platform.postgres.Sql;
import dev.laurel.shared.PageRequest;
import dev.laurel.shared.PageResult;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What administrators have changed on a board, and why. Written in the transactions that make the changes. */
@ApplicationScoped
public class AdminLog {
    private static final String LIST = """
            SELECT at, action, player_id, window_id, author, reason FROM admin_log
            WHERE board_id = $1 ORDER BY id DESC OFFSET $2 LIMIT $3""";

    private static final String COUNT = "SELECT count(*) FROM admin_log WHERE board_id = $1";

    private final Sql sql;

    AdminLog(Sql sql) {
        this.sql = sql;
    }

    /** The changes on a board, the newest first. */
    public Uni<PageResult<Entry>> of(int boardId, PageRequest page) {
        return sql.run(COUNT, boardId)
                .map(rows -> rows.iterator().next().getLong(0))
                .chain(total -> sql.run(LIST, boardId, page.offset(), (long) page.limit())
                        .map(rows -> {
                            List<Entry> entries = new ArrayList<>(rows.size());
                            rows.forEach(row -> entries.add(entry(row)));
                            return new PageResult<>(entries, total);
                        }));
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
     * @param action {@code DISQUALIFY}, {@code REINSTATE}, {@code ADJUST} or {@code UNDO}
     * @param windowId null where it concerned several windows
     */
    public record Entry(Instant at, String action, String playerId, String windowId, String author, String reason) {}
}
