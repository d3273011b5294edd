package dev.laurel.imports.run;

import dev.laurel.board.Board;
import dev.laurel.imports.ImportJob;
import dev.laurel.imports.ImportState;
import dev.laurel.imports.run.JobTable.Held;
import dev.laurel.platform.postgres.Sql;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Removes what an import has written, as if it had never been: some players at a time, each time in one transaction. */
@ApplicationScoped
class Undoing {
    /** Players of one transaction: events of the board wait for none of them longer than for a batch. */
    private static final int STEP = 100;

    private static final String SOME = "SELECT undo_import_of_some($1, $2, $3)";
    private static final String RECOUNT = "SELECT order_board_recounts($1)";

    private final Sql sql;
    private final JobTable jobs;
    private final Showing showing;

    Undoing(Sql sql, JobTable jobs, Showing showing) {
        this.sql = sql;
        this.jobs = jobs;
        this.showing = showing;
    }

    /** Removes what an import has written, for an import that this process works on; it is still to be shown. */
    Uni<Void> remove(Held held, long id, Board board) {
        return Multi.createBy()
                .repeating()
                .uni(() -> jobs.requireLease(held)
                        .chain(() -> sql.runForJob(SOME, id, board.id(), STEP))
                        .map(rows -> rows.iterator().next().getInteger(0)))
                .whilst(players -> players > 0)
                .collect()
                .last()
                .chain(() -> sql.run(RECOUNT, board.id()))
                .replaceWithVoid();
    }

    /** Undoes an import; fails as the stores do, and can be begun again. */
    Uni<Void> undo(ImportJob job, Held held, Board board) {
        return remove(held, held.id(), board)
                .chain(() -> showing.archives(held.id(), board))
                .chain(() -> showing.load(held.id(), board))
                .chain(() -> showing.forgetUnused(board))
                .chain(() -> showing.outdate(board))
                .chain(() -> jobs.finish(
                        held, job.state() == ImportState.RUNNING ? ImportState.FAILED : ImportState.UNDONE));
    }
}
