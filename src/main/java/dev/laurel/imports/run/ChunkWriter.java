package dev.laurel.imports.run;

import dev.laurel.board.Board;
import dev.laurel.imports.ImportCounts;
import dev.laurel.imports.ImportErrors;
import dev.laurel.imports.ImportOptions;
import dev.laurel.imports.ImportOptions.ClosedWindows;
import dev.laurel.imports.ImportPhase;
import dev.laurel.imports.file.mapping.RowError;
import dev.laurel.imports.run.JobTable.Advance;
import dev.laurel.imports.run.JobTable.Held;
import dev.laurel.imports.run.Rows.Task;
import dev.laurel.imports.seen.SeenEvents;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.platform.postgres.Sql.Statements;
import dev.laurel.standings.baseline.BaselineOrder;
import dev.laurel.standings.baseline.ImportedBaselines;
import dev.laurel.standings.baseline.ImportedBaselines.Part;
import dev.laurel.standings.window.WindowRef;
import dev.laurel.standings.window.WindowState;
import dev.laurel.standings.write.BulkWriter;
import dev.laurel.standings.write.ScoreWrite;
import dev.laurel.standings.write.WriteResult;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;

/**
 * Writes some rows of an import in one transaction, together with how far the import is: whatever ends it, no row is lost and
 * none counts twice.
 */
@ApplicationScoped
class ChunkWriter {
    /** The default of {@code score_event.import_no}; of this transaction alone. */
    private static final String MARK = "SELECT set_config('laurel.import', $1, true)";

    private static final String WINDOWS = """
            INSERT INTO import_window AS w (import_no, period, window_key, archived)
            SELECT $1, t.* FROM unnest($2::smallint[], $3::bigint[], $4::boolean[]) AS t
            ON CONFLICT (import_no, period, window_key) DO UPDATE SET archived = w.archived OR excluded.archived""";

    private final Sql sql;
    private final JobTable jobs;
    private final BulkWriter writer;
    private final ImportErrors reasons;
    private final SeenEvents seen;
    private final ImportedBaselines baselines;

    ChunkWriter(
            Sql sql,
            JobTable jobs,
            BulkWriter writer,
            ImportErrors reasons,
            SeenEvents seen,
            ImportedBaselines baselines) {
        this.sql = sql;
        this.jobs = jobs;
        this.writer = writer;
        this.reasons = reasons;
        this.seen = seen;
        this.baselines = baselines;
    }

    /**
     * Writes a chunk.
     *
     * @return fails with {@link JobTable.LeaseLost} when another process has taken the import over, else as the store
     *     does, and then nothing is written
     */
    Uni<Written> write(Chunk chunk) {
        return chunk.phase() == ImportPhase.CHECK ? checked(chunk) : applied(chunk);
    }

    private Uni<Written> applied(Chunk chunk) {
        return sql.inTransaction(transaction -> jobs.hold(transaction, chunk.held(), chunk.phase(), chunk.from())
                        .chain(cancelled -> rows(transaction, chunk).map(done -> written(chunk, done, cancelled)))
                        .call(written -> windows(transaction, chunk))
                        .call(written -> note(transaction, chunk, written)))
                .invoke(written -> writer.committed(chunk.plan().writes(), written.results()))
                .call(written -> show(chunk, written));
    }

    private static Written written(Chunk chunk, Done done, boolean cancelled) {
        return new Written(done, chunk.plan().counts(done.results()), cancelled);
    }

    private Uni<Void> show(Chunk chunk, Written written) {
        if (written.done().baselines() != null) {
            return baselines.show(chunk.board(), written.done().baselines());
        }
        return chunk.bulk()
                ? Uni.createFrom().voidItem()
                : writer.show(chunk.plan().writes(), written.results());
    }

    /** Writes, takes everything back, and notes what would have become of it. */
    private Uni<Written> checked(Chunk chunk) {
        return sql.<List<WriteResult>>inTransaction(transaction -> setAside(transaction, chunk)
                        .chain(() -> rows(transaction, chunk))
                        .map(Done::results)
                        .onItem()
                        .failWith(TakenBack::new))
                .onFailure(TakenBack.class)
                .recoverWithItem(failure -> failure.results())
                .chain(results -> sql.inTransaction(
                        transaction -> jobs.hold(transaction, chunk.held(), chunk.phase(), chunk.from())
                                .chain(cancelled -> judged(transaction, chunk, results)
                                        .map(all -> written(chunk, new Done(all, null), cancelled)))
                                .call(written -> note(transaction, chunk, written))));
    }

    /** What is to be replaced is in nobody's way. */
    private Uni<Void> setAside(Statements transaction, Chunk chunk) {
        List<ScoreWrite> writes = chunk.plan().writes();
        return writes.isEmpty()
                ? Uni.createFrom().voidItem()
                : seen.setAside(transaction, chunk.held().id(), writes);
    }

    private Uni<List<WriteResult>> judged(Statements transaction, Chunk chunk, List<WriteResult> results) {
        return seen.judge(transaction, chunk.held().id(), chunk.plan().writes(), results);
    }

    private Uni<Done> rows(Statements transaction, Chunk chunk) {
        Plan plan = chunk.plan();
        return plan.baselines().isEmpty()
                ? events(transaction, chunk).map(results -> new Done(results, null))
                : baselines
                        .write(transaction, chunk.board(), new Part(chunk.held().id(), chunk.bulk()), chunk.order())
                        .map(set -> new Done(plan.changed(set.players()), set));
    }

    private Uni<List<WriteResult>> events(Statements transaction, Chunk chunk) {
        return chunk.plan().writes().isEmpty()
                ? Uni.createFrom().item(List.of())
                : transaction
                        .run(MARK, Long.toString(chunk.held().id()))
                        .chain(() -> writer.write(transaction, chunk.plan().writes(), !chunk.bulk()));
    }

    private Uni<Void> note(Statements transaction, Chunk chunk, Written written) {
        long to = chunk.from() + chunk.rows();
        Advance advance = new Advance(to, written.counts(), chunk.took(), chunk.readBytes(), chunk.bulk());
        return errors(transaction, chunk, written.results())
                .chain(() -> jobs.advance(transaction, chunk.held(), advance));
    }

    private Uni<Void> errors(Statements transaction, Chunk chunk, List<WriteResult> results) {
        List<RowError> errors = chunk.plan().errors(results);
        return errors.isEmpty()
                ? Uni.createFrom().voidItem()
                : reasons.add(transaction, chunk.held().id(), errors);
    }

    private Uni<Void> windows(Statements transaction, Chunk chunk) {
        List<WindowRef> found = chunk.newWindows();
        return found.isEmpty()
                ? Uni.createFrom().voidItem()
                : transaction
                        .run(
                                WINDOWS,
                                chunk.held().id(),
                                found.stream().map(w -> w.period().code()).toArray(Short[]::new),
                                found.stream().map(WindowRef::key).toArray(Long[]::new),
                                found.stream()
                                        .map(w -> w.state() != WindowState.OPEN)
                                        .toArray(Boolean[]::new))
                        .replaceWithVoid();
    }

    /**
     * Rows of an import that are written together.
     *
     * @param board as it is known now
     * @param from rows of the file before them
     * @param rows how many they are
     * @param newWindows those of the plan that are not noted yet
     * @param readBytes how far the file has been read
     */
    record Chunk(
            Task task,
            Board board,
            long from,
            int rows,
            Plan plan,
            List<WindowRef> newWindows,
            long readBytes,
            boolean bulk,
            long begun) {
        Held held() {
            return task.held();
        }

        ImportPhase phase() {
            return task.phase();
        }

        BaselineOrder order() {
            ImportOptions options = task.job().options();
            return new BaselineOrder(
                    options.season(), plan.baselines(), options.closedWindows() == ClosedWindows.REWRITE, null, null);
        }

        java.time.Duration took() {
            return java.time.Duration.ofNanos(System.nanoTime() - begun);
        }
    }

    /**
     * What became of a chunk.
     *
     * @param cancelled whether the end of the import has been requested
     */
    record Written(Done done, ImportCounts counts, boolean cancelled) {
        List<WriteResult> results() {
            return done.results();
        }
    }

    /**
     * What became of the rows of a chunk that are not refused.
     *
     * @param baselines that have been set; null for events
     */
    record Done(List<WriteResult> results, ImportedBaselines.Written baselines) {}

    /** Ends a transaction that was only a test. */
    private static final class TakenBack extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient List<WriteResult> results;

        TakenBack(List<WriteResult> results) {
            super("a test", null, false, false);
            this.results = results;
        }

        List<WriteResult> results() {
            return results;
        }
    }
}
