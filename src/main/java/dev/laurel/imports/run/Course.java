package dev.laurel.imports.run;

import dev.laurel.board.Board;
import dev.laurel.imports.ImportConfig;
import dev.laurel.imports.ImportCounts;
import dev.laurel.imports.ImportOptions.OnChange;
import dev.laurel.imports.ImportPhase;
import dev.laurel.imports.run.ChunkWriter.Chunk;
import dev.laurel.imports.run.ChunkWriter.Written;
import dev.laurel.imports.run.Rows.End;
import dev.laurel.imports.run.Rows.Task;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.standings.window.WindowRef;
import io.smallrye.mutiny.Uni;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** How far the rows of an import are in this process. One step at a time uses it. */
final class Course {
    private final Task task;
    private final RowReader reader;
    private final WindowFinder finder;
    private final ImportMeters meters;
    private final Set<WindowRef> noted = new HashSet<>();
    private Board board;
    private CompletableFuture<RowReader.Read> ahead;
    private long position;
    private ImportCounts counts;
    private Boolean bulk;
    private boolean cancelled;
    private boolean complete;
    private String failure;

    Course(Task task, RowReader reader, WindowFinder finder, ImportMeters meters) {
        this.task = task;
        this.reader = reader;
        this.finder = finder;
        this.meters = meters;
        this.board = task.board();
        this.position = task.job().progress().position();
        this.counts = task.job().progress().counts();
    }

    Task task() {
        return task;
    }

    Board board() {
        return board;
    }

    WindowFinder finder() {
        return finder;
    }

    /** The board has changed, though not in what its events are. */
    void renewed(Board now) {
        board = now;
    }

    /** The next rows; those after them are read while they are being written. */
    Uni<RowReader.Read> next(ImportThreads threads, ImportConfig config) {
        CompletableFuture<RowReader.Read> now = ahead == null ? begin(threads, config) : ahead;
        return ImportThreads.result(now)
                .invoke(read -> ahead = read.isLast() ? now : begin(threads, config))
                .invoke(read -> decide(read, config.shownAtOnce()));
    }

    private CompletableFuture<RowReader.Read> begin(ImportThreads threads, ImportConfig config) {
        return threads.begin(() -> reader.read(config.chunk()));
    }

    /** Once nobody reads any more. */
    Uni<Void> closed(ImportThreads threads) {
        Uni<Void> idle = ahead == null
                ? Uni.createFrom().voidItem()
                : ImportThreads.result(ahead).replaceWithVoid().onFailure().recoverWithNull();
        return idle.chain(() -> threads.run(() -> {
            reader.close();
            return null;
        }));
    }

    private void decide(RowReader.Read read, int shownAtOnce) {
        if (bulk == null) {
            // What is small is shown as it is written; whatever is taken over is loaded at the end, to be sure.
            bulk = task.job().options().onChange() == OnChange.REPLACE
                    || position > 0
                    || !read.isLast()
                    || read.lines().size() > shownAtOnce;
        }
    }

    Chunk chunk(Plan plan, int rows, long begun) {
        List<WindowRef> found = plan.windows().stream()
                .filter(window -> !noted.contains(window))
                .toList();
        return new Chunk(
                task,
                board,
                position,
                rows,
                plan,
                task.phase() == ImportPhase.CHECK ? List.of() : found,
                reader.readBytes(),
                bulk,
                begun);
    }

    void wrote(Chunk chunk, Written written) {
        meters.rows(written.counts());
        position += chunk.rows();
        counts = counts.plus(written.counts());
        cancelled |= written.cancelled();
        noted.addAll(chunk.newWindows());
    }

    /** Whether there is more to read. */
    boolean goesOn(RowReader.Read read) {
        // After the last row it is too late, unless they are all still to be applied.
        cancelled &= !read.isLast() || task.phase() == ImportPhase.CHECK;
        complete = read.isLast() && !cancelled;
        return !read.isLast() && !cancelled;
    }

    /** The file cannot be read any further; what came before counts. */
    boolean broken(InvalidInput refusal) {
        failure =
                refusal.errors().get(0).field() + " " + refusal.errors().get(0).message();
        return false;
    }

    End end() {
        return new End(failure, cancelled, counts, complete ? position : null);
    }
}
