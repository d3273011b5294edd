package dev.laurel.imports.run;

import dev.laurel.board.Board;
import dev.laurel.board.Boards;
import dev.laurel.imports.ImportCounts;
import dev.laurel.imports.ImportJob;
import dev.laurel.imports.ImportOptions.OnChange;
import dev.laurel.imports.ImportPhase;
import dev.laurel.imports.ImportState;
import dev.laurel.imports.run.JobTable.Held;
import dev.laurel.imports.run.JobTable.LeaseLost;
import dev.laurel.imports.seen.SeenEvents;
import dev.laurel.platform.faults.Faults;
import dev.laurel.shared.LaurelException;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.LaurelException.Unavailable;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.time.Duration;

/** Works on one import until it is over, or has to be left to another attempt. */
@ApplicationScoped
class ImportWork {
    private static final Logger LOG = Logger.getLogger(ImportWork.class);

    /** Before the second attempt, after a store was unavailable; twice as long before each further one. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Duration LONGEST_PATIENCE = Duration.ofMinutes(1);

    /** Attempts without any progress: a quarter of an hour, or five processes that ended. */
    private static final int MAX_ATTEMPTS = 20;

    private final JobTable jobs;
    private final Boards boards;
    private final OpenedFiles files;
    private final Rows rows;
    private final Showing showing;
    private final Undoing undoing;
    private final SeenEvents seen;

    ImportWork(
            JobTable jobs,
            Boards boards,
            OpenedFiles files,
            Rows rows,
            Showing showing,
            Undoing undoing,
            SeenEvents seen) {
        this.jobs = jobs;
        this.boards = boards;
        this.files = files;
        this.rows = rows;
        this.showing = showing;
        this.undoing = undoing;
        this.seen = seen;
    }

    /** Does as much as can be done now. Never fails. */
    Uni<Void> work(ImportJob job, Held held) {
        return (job.progress().attempts() > MAX_ATTEMPTS ? exhausted(job, held) : attempt(job, held))
                .onFailure(LeaseLost.class)
                .recoverWithNull()
                .onFailure(Unavailable.class)
                .recoverWithUni(failure -> leave(job, held, failure))
                .onFailure()
                .recoverWithUni(failure -> giveUp(job, held, failure));
    }

    private Uni<Void> attempt(ImportJob job, Held held) {
        return boards.get(job.board())
                .invoke(board -> requireSame(board, job))
                .chain(board -> phases(job, held, board));
    }

    private Uni<Void> exhausted(ImportJob job, Held held) {
        String hindrance = job.progress().hindrance();
        return end(
                job,
                held,
                "It was tried again and again, and came no further: "
                        + (hindrance == null ? "each time the process ended" : hindrance));
    }

    private static void requireSame(Board board, ImportJob job) {
        if (board.id() != job.boardId()) {
            throw new NotFound("The board has been deleted");
        }
    }

    private Uni<Void> phases(ImportJob job, Held held, Board board) {
        return switch (job.progress().phase()) {
            case CHECK -> rows(job, held, board, ImportPhase.CHECK).chain(end -> afterCheck(job, held, board, end));
            case APPLY -> apply(job, held, board);
            case SHOW ->
                show(job, held, board, job.progress().failure(), job.progress().counts());
            case UNDO -> undoing.undo(job, held, board);
        };
    }

    private Uni<Void> afterCheck(ImportJob job, Held held, Board board, Rows.End end) {
        return showing.forgetUnused(board)
                .chain(() -> seen.forget(held.id()))
                .chain(() -> checked(job, held, board, end));
    }

    private Uni<Void> checked(ImportJob job, Held held, Board board, Rows.End end) {
        if (end.failure() == null
                && !end.cancelled()
                && !job.options().dryRun()
                && end.counts().refused() > 0) {
            String failure = end.counts().refused() + " rows are refused, so nothing is imported";
            return jobs.enter(held, ImportPhase.CHECK, failure, end.total())
                    .chain(() -> jobs.finish(held, ImportState.FAILED));
        }
        boolean over = end.failure() != null || end.cancelled() || job.options().dryRun();
        return over
                ? jobs.enter(held, ImportPhase.CHECK, end.failure(), end.total())
                        .chain(() -> jobs.finish(held, state(end.failure(), end.cancelled(), end.counts())))
                : jobs.beginAgain(held).chain(() -> apply(job.applying(), held, board));
    }

    private Uni<Void> apply(ImportJob job, Held held, Board board) {
        return rows(job, held, board, ImportPhase.APPLY).chain(end -> afterRows(job, held, board, end));
    }

    private Uni<Void> afterRows(ImportJob job, Held held, Board board, Rows.End end) {
        boolean incomplete =
                end.failure() != null || end.cancelled() || end.counts().refused() > 0;
        if (job.options().atomic() && incomplete) {
            // Something has changed since all rows were checked.
            String failure = end.failure() != null
                    ? end.failure()
                    : end.cancelled() ? "It was cancelled" : end.counts().refused() + " rows were refused";
            return jobs.enter(held, ImportPhase.UNDO, failure + nothing(job), end.total())
                    .chain(() -> undoing.undo(job, held, board));
        }
        return jobs.enter(held, ImportPhase.SHOW, end.failure(), end.total())
                .chain(() -> show(job, held, board, end.failure(), end.counts()));
    }

    private static String nothing(ImportJob job) {
        return ", so nothing is imported"
                + (job.options().onChange() == OnChange.REPLACE
                        ? "; what it was to replace is kept, or imported again"
                        : "");
    }

    private Uni<Rows.End> rows(ImportJob job, Held held, Board board, ImportPhase phase) {
        if (job.progress().cancelled()) {
            return Uni.createFrom().item(new Rows.End(null, true, job.progress().counts(), null));
        }
        return files.with(job, file -> rows.work(new Rows.Task(job, held, board, phase), file));
    }

    private Uni<Void> show(ImportJob job, Held held, Board board, String failure, ImportCounts counts) {
        return showing.show(job, held, board)
                .chain(() -> jobs.cancelled(held))
                .chain(cancelled -> jobs.finish(held, state(failure, cancelled, counts)));
    }

    private static ImportState state(String failure, boolean cancelled, ImportCounts counts) {
        if (failure != null) {
            return ImportState.FAILED;
        }
        if (cancelled) {
            return ImportState.CANCELLED;
        }
        return counts.refused() > 0 ? ImportState.DONE_WITH_ERRORS : ImportState.DONE;
    }

    private Uni<Void> leave(ImportJob job, Held held, Throwable failure) {
        LOG.infof("Import %d goes on in a while: %s", held.id(), failure.getMessage());
        int doublings = Math.min(job.progress().attempts(), MAX_ATTEMPTS) - 1;
        long millis = PATIENCE.toMillis() << Math.max(0, doublings);
        Duration patience = Duration.ofMillis(Math.min(millis, LONGEST_PATIENCE.toMillis()));
        return jobs.leave(held, patience, failure.getMessage()).onFailure().recoverWithNull();
    }

    private Uni<Void> giveUp(ImportJob job, Held held, Throwable failure) {
        boolean told = failure instanceof LaurelException;
        if (!told) {
            LOG.errorf(failure, "Import %d failed", held.id());
            Faults.inJob("import", failure);
        }
        String reason = failure instanceof InvalidInput invalid
                ? invalid.errors().get(0).field() + " "
                        + invalid.errors().get(0).message()
                : told ? failure.getMessage() : "The service has failed; an administrator finds the reason in its log";
        return end(job, held, reason).onFailure().recoverWithNull();
    }

    /** What it has written so far is shown all the same, or taken back if all is to count or nothing. */
    private Uni<Void> end(ImportJob job, Held held, String reason) {
        ImportPhase next = job.options().atomic() ? ImportPhase.UNDO : ImportPhase.SHOW;
        return jobs.phase(held)
                .chain(phase -> phase == ImportPhase.APPLY
                        ? jobs.enter(held, next, reason, null).chain(() -> jobs.leave(held, Duration.ZERO, null))
                        : jobs.enter(held, phase, reason, null)
                                .call(() -> phase == ImportPhase.CHECK
                                        ? Uni.createFrom().voidItem()
                                        : outdate(job, held))
                                .chain(() -> jobs.finish(held, ImportState.FAILED)));
    }

    /** Readers do not take what it has changed from Redis, where it may not have come. */
    private Uni<Void> outdate(ImportJob job, Held held) {
        return boards.get(job.board())
                .chain(board -> board.id() == job.boardId()
                        ? showing.markStale(held.id(), board)
                        : Uni.createFrom().voidItem())
                .onFailure(NotFound.class)
                .recoverWithNull();
    }
}
