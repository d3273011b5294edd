package dev.laurel.standings.read;

import dev.laurel.board.Board;
import dev.laurel.platform.postgres.Pulse;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.standings.freeze.FreezeSnapshot;
import dev.laurel.standings.freeze.FreezeSnapshots;
import dev.laurel.standings.postgres.TakesRank;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;

/**
 * The players who have ever had an event on a board; on a frozen one, until the freeze. Players who take no rank anywhere
 * are as unknown as those who never had one.
 */
@ApplicationScoped
public class KnownPlayers {
    /** A player whose only score was an adjustment that has been undone keeps a row, solely for its version. */
    private static final String EXISTS = """
            SELECT {takesRank}
                AND (EXISTS (SELECT FROM standing WHERE board_id = $1 AND player_id = $2
                             AND num_nonnulls(d_window, w_window, m_window, y_window, a_window, s_window) > 0)
                     OR EXISTS (SELECT FROM final_standing WHERE board_id = $1 AND player_id = $2))
            """.replace("{takesRank}", TakesRank.anywhere("$2"));

    private static final String EXISTED = """
            SELECT {takesRank}
                AND (EXISTS (SELECT FROM frozen_standing WHERE board_id = $1 AND player_id = $2 AND freeze_no = $3)
                     OR EXISTS (SELECT FROM frozen_player WHERE board_id = $1 AND player_id = $2 AND freeze_no = $3))
            """.replace("{takesRank}", TakesRank.anywhere("$2"));

    private final Sql sql;
    private final FreezeSnapshots snapshots;
    private final Pulse pulse;
    private final Clock clock;

    KnownPlayers(Sql sql, FreezeSnapshots snapshots, Pulse pulse, Clock clock) {
        this.sql = sql;
        this.snapshots = snapshots;
        this.pulse = pulse;
        this.clock = clock;
    }

    /**
     * Requires that a player has had an event on a board. Without PostgreSQL this cannot be decided, and every player
     * passes.
     *
     * @return fails with {@link NotFound} when there was none
     */
    public Uni<Void> require(Board board, String playerId) {
        return knows(board, playerId)
                .onFailure(Unavailable.class)
                .recoverWithItem(true)
                .invoke(known -> {
                    if (!known) {
                        throw new NotFound("Player " + playerId + " has never scored on board " + board.name());
                    }
                })
                .replaceWithVoid();
    }

    private Uni<Boolean> knows(Board board, String playerId) {
        return snapshots
                .of(board)
                .chain(snapshot -> snapshot == FreezeSnapshot.NONE
                        ? knowsNow(board, playerId)
                        : isTrue(sql.run(EXISTED, board.id(), playerId, snapshot.number())));
    }

    private Uni<Boolean> knowsNow(Board board, String playerId) {
        boolean before = !board.frozen(clock.instant());
        return isTrue(sql.run(EXISTS, board.id(), playerId))
                // A read that spans the instant of the freeze may have seen what came after it.
                .chain(known -> before && board.frozen(clock.instant())
                        ? knows(board, playerId)
                        : Uni.createFrom().item(known));
    }

    private Uni<Boolean> isTrue(Uni<RowSet<Row>> asked) {
        return pulse.whileAlive(asked).map(rows -> rows.iterator().next().getBoolean(0));
    }
}
