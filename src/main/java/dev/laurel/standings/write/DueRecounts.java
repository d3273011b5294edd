package dev.laurel.standings.write;

import dev.laurel.board.BoardName;
import dev.laurel.board.Boards;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.shared.LaurelException.NotFound;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Finishes recounts that a process has left undone because it ended, or could not reach a store. */
@ApplicationScoped
class DueRecounts {
    private static final Logger LOG = Logger.getLogger(DueRecounts.class);

    private static final String TAKE = """
            SELECT b.name, b.tenant_id, b.id, t.player_id FROM take_recounts($1) t
            JOIN board b ON b.id = t.board_id AND b.deleted_at IS NULL""";

    private static final long MAX_PER_RUN = 100;

    private final Sql sql;
    private final Boards boards;
    private final Recounts recounts;

    DueRecounts(Sql sql, Boards boards, Recounts recounts) {
        this.sql = sql;
        this.boards = boards;
        this.recounts = recounts;
    }

    @Scheduled(identity = "recounts", every = "5s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> finishOverdue() {
        return sql.runForJob(TAKE, MAX_PER_RUN)
                .onItem()
                .transformToMulti(rows -> Multi.createFrom().iterable(rows))
                .onItem()
                .transformToUniAndConcatenate(this::finish)
                .collect()
                .last()
                .onFailure()
                .invoke(failure -> LOG.debugf("Recounts go on later: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    /** One that is impossible at the moment does not hold up the others. */
    private Uni<Void> finish(Row row) {
        return boards.get(BoardName.of(row))
                .chain(board -> board.id() == row.getInteger(2)
                        ? recounts.countAgain(board, row.getString(3))
                        : Uni.createFrom().voidItem())
                .onFailure(NotFound.class)
                .recoverWithNull()
                .onFailure()
                .invoke(failure -> LOG.debugf("A recount goes on later: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }
}
