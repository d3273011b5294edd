package dev.laurel.standings.window;

import dev.laurel.board.Board;
import dev.laurel.platform.postgres.Sql;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Forgets windows that were opened for something that was refused, or has been taken back: nobody stands in them. */
@ApplicationScoped
public class UnusedWindows {
    private static final Logger LOG = Logger.getLogger(UnusedWindows.class);

    private static final String FORGET =
            "SELECT period, window_key, window_id, start_at, end_at, state FROM forget_unused_windows($1)";

    private final Sql sql;
    private final WindowRegistry windows;

    UnusedWindows(Sql sql, WindowRegistry windows) {
        this.sql = sql;
        this.windows = windows;
    }

    /** Forgets those of a board. Never fails: a window that stays for now is forgotten the next time. */
    public Uni<Void> forget(Board board) {
        return sql.run(FORGET, board.id())
                .invoke(rows -> rows.forEach(row -> windows.forget(WindowRows.reference(board, row))))
                .onFailure()
                .invoke(e -> LOG.debugf("Unused windows of board %s stay for now: %s", board.name(), e.getMessage()))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }
}
