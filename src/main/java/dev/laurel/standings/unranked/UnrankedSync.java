package dev.laurel.standings.unranked;

import dev.laurel.board.Board;
import dev.laurel.board.BoardName;
import dev.laurel.board.Boards;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.standings.load.Rebuilder;
import dev.laurel.standings.load.StandingsSync;
import dev.laurel.standings.unranked.UnrankedChanges.UnrankedChange;
import dev.laurel.standings.window.LiveWindows;
import dev.laurel.standings.window.WindowRef;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.util.List;

/** Copies a player's standings, or their absence, from PostgreSQL into all windows that Redis may hold. */
@ApplicationScoped
class UnrankedSync {
    private static final Logger LOG = Logger.getLogger(UnrankedSync.class);

    /** Windows of one player that are corrected concurrently. */
    private static final int CONCURRENCY = 4;

    private static final String BOARDS = """
            SELECT b.name, b.tenant_id, b.id FROM board b
            WHERE b.tenant_id = $1 AND b.deleted_at IS NULL
              AND EXISTS (SELECT FROM standing s WHERE s.board_id = b.id AND s.player_id = $2)""";

    private final Sql sql;
    private final Boards boards;
    private final LiveWindows live;
    private final StandingsSync sync;
    private final Rebuilder rebuilder;

    UnrankedSync(Sql sql, Boards boards, LiveWindows live, StandingsSync sync, Rebuilder rebuilder) {
        this.sql = sql;
        this.boards = boards;
        this.live = live;
        this.sync = sync;
        this.rebuilder = rebuilder;
    }

    /**
     * Makes every open window of every board of the player show what PostgreSQL has. A window that Redis does not accept is
     * not read until it has been loaded again. May be repeated, and run by several processes at once.
     */
    Uni<Void> carry(UnrankedChange change) {
        return sql.run(BOARDS, change.tenant().id(), change.playerId())
                .onItem()
                .transformToMulti(rows -> Multi.createFrom().iterable(rows))
                .onItem()
                .transformToUniAndConcatenate(row -> carry(row, change.playerId()))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> carry(Row row, String playerId) {
        return boards.get(BoardName.of(row))
                .chain(board -> board.id() == row.getInteger(2)
                        ? carry(board, playerId)
                        : Uni.createFrom().voidItem())
                .onFailure(NotFound.class)
                .recoverWithNull();
    }

    private Uni<Void> carry(Board board, String playerId) {
        return live.of(board, playerId)
                .onItem()
                .transformToMulti(windows -> Multi.createFrom().iterable(windows))
                .onItem()
                .transformToUni(window -> correct(window, playerId))
                .merge(CONCURRENCY)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> correct(WindowRef window, String playerId) {
        return sync.correct(window, List.of(playerId))
                .onFailure()
                .invoke(failure -> LOG.debugf("Window %s is loaded again: %s", window.id(), failure.getMessage()))
                .onFailure()
                .recoverWithUni(() -> rebuilder.markStale(List.of(window)));
    }
}
