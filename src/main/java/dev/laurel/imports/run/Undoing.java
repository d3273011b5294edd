package dev.laurel.imports.run;

import dev.laurel.board.Board;
import dev.laurel.board.Boards;
import dev.laurel.imports.ImportJob;
import dev.laurel.imports.ImportOptions;
import dev.laurel.imports.ImportState;
import dev.laurel.imports.file.mapping.ImportMode;
import dev.laurel.imports.run.JobTable.Held;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.standings.baseline.ImportedBaselines;
import dev.laurel.standings.window.Outdated;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Removes what an import has written, as if it had never been: some players at a time, each time in one transaction. */
@ApplicationScoped
class Undoing {
    /** Players of one transaction: events of the board wait for none of them longer than for a batch. */
    private static final int STEP = 100;

    /** Events of one transaction: each may be in a window of its own, where its player is counted again. */
    private static final int STEP_EVENTS = 2_000;

    private static final String SOME = "SELECT undo_import_of_some($1, $2, $3, $4)";

    /** What has been replaced by an import that comes to nothing is imported again. */
    private static final String BRING_BACK = """
            UPDATE import_job SET state = 'QUEUED', phase = 'APPLY', position = 0, rows_total = NULL, read_bytes = 0, worked_ms = 0, applied = 0,
                unchanged = 0, duplicates = 0, held = 0, refused = 0, attempts = 0, hindrance = NULL, failure = NULL,
                cancelled = false, finished_at = NULL, lease = NULL, leased_until = NULL, replaced_by = NULL
            WHERE replaced_by = $1 AND state IN ('DONE', 'DONE_WITH_ERRORS', 'UNDONE')""";

    private static final String RECOUNT = "SELECT order_board_recounts($1)";

    private final Sql sql;
    private final JobTable jobs;
    private final Showing showing;
    private final Boards boards;
    private final ImportedBaselines baselines;

    Undoing(Sql sql, JobTable jobs, Showing showing, Boards boards, ImportedBaselines baselines) {
        this.sql = sql;
        this.jobs = jobs;
        this.showing = showing;
        this.boards = boards;
        this.baselines = baselines;
    }

    /**
     * Removes what an import has written, for an import that this process works on; events are still to be shown.
     *
     * @param options of both
     */
    Uni<Void> remove(ImportOptions options, Held held, long id, Board board) {
        return options.mode() == ImportMode.BASELINE
                ? removeBaselines(options, held, id, board)
                : remove(held, id, board);
    }

    private Uni<Void> removeBaselines(ImportOptions options, Held held, long id, Board board) {
        return Multi.createBy()
                .repeating()
                .uni(() -> jobs.requireLease(held)
                        .chain(() -> boards.refresh(board.fullName()))
                        .chain(now -> baselines.undoSome(now, id, options.season()))
                        .onFailure(Outdated.class)
                        .transform(failure -> Unavailable.overloaded("The board has been changed"))
                        .call(any ->
                                any ? jobs.cameFurther(held) : Uni.createFrom().voidItem()))
                .whilst(any -> any)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> remove(Held held, long id, Board board) {
        return Multi.createBy()
                .repeating()
                .uni(() -> jobs.requireLease(held)
                        .chain(() -> sql.runForJob(SOME, id, board.id(), STEP, STEP_EVENTS))
                        .onFailure(Showing::isFilling)
                        .transform(failure -> Showing.filling())
                        .map(rows -> rows.iterator().next().getInteger(0))
                        .call(players -> players > 0
                                ? jobs.cameFurther(held)
                                : Uni.createFrom().voidItem()))
                .whilst(players -> players > 0)
                .collect()
                .last()
                .chain(() -> sql.run(RECOUNT, board.id()))
                .replaceWithVoid();
    }

    /** Undoes an import; fails as the stores do, and can be begun again. */
    Uni<Void> undo(ImportJob job, Held held, Board board) {
        return remove(job.options(), held, held.id(), board)
                .chain(() -> showing.load(held.id(), board))
                .chain(() -> showing.archives(held, board))
                .chain(() -> showing.forgetUnused(board))
                .chain(() -> showing.outdate(board))
                // It still has its turn: those that it replaced come right after it, before any later one.
                .chain(() -> sql.run(BRING_BACK, held.id()))
                .chain(() -> jobs.finish(
                        held, job.state() == ImportState.RUNNING ? ImportState.FAILED : ImportState.UNDONE));
    }
}
