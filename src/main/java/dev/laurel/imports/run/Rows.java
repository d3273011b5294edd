package dev.laurel.imports.run;

import dev.laurel.board.Board;
import dev.laurel.imports.ImportConfig;
import dev.laurel.imports.ImportCounts;
import dev.laurel.imports.ImportJob;
import dev.laurel.imports.ImportPhase;
import dev.laurel.imports.run.JobTable.Held;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.standings.window.Generations;
import dev.laurel.standings.window.WindowRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.nio.file.Path;
import java.time.Duration;

/** The loop over the rows of a file: some are read, checked and written, then the next. */
@ApplicationScoped
class Rows {
    private final RowReaders readers;
    private final ChunkSteps steps;
    private final ImportThreads threads;
    private final WindowRegistry windows;
    private final Generations generations;
    private final ImportConfig config;

    Rows(
            RowReaders readers,
            ChunkSteps steps,
            ImportThreads threads,
            WindowRegistry windows,
            Generations generations,
            ImportConfig config) {
        this.readers = readers;
        this.steps = steps;
        this.threads = threads;
        this.windows = windows;
        this.generations = generations;
        this.config = config;
    }

    /**
     * Works through the rows that are left.
     *
     * @return how that ended; fails as a store does, with {@link JobTable.LeaseLost}, and with {@link InvalidInput} when
     *     the file cannot be opened
     */
    Uni<End> work(Task task, Path file) {
        return threads.run(() -> readers.open(task, file)).chain(reader -> {
            Course course = new Course(task, reader, new WindowFinder(windows, generations));
            return Multi.createBy()
                    .repeating()
                    .uni(() -> step(course))
                    .whilst(more -> more)
                    .collect()
                    .last()
                    .map(last -> course.end())
                    .onTermination()
                    .call(() -> threads.run(() -> closed(reader)));
        });
    }

    private static Void closed(RowReader reader) {
        reader.close();
        return null;
    }

    /** Whether there is more to do. */
    private Uni<Boolean> step(Course course) {
        long begun = System.nanoTime();
        return threads.run(() -> course.read(config.chunk(), config.shownAtOnce()))
                .call(read -> course.finder().find(course.board(), read.instants()))
                .call(read -> read.lines().isEmpty() ? Uni.createFrom().voidItem() : steps.write(course, read.lines()))
                .map(course::goesOn)
                .onFailure(InvalidInput.class)
                .recoverWithItem(failure -> course.broken((InvalidInput) failure))
                .call(more -> more ? pause(begun) : Uni.createFrom().nullItem());
    }

    /** Requests have the processors to themselves for a moment. */
    private Uni<?> pause(long begun) {
        Duration took = Duration.ofNanos((long) ((System.nanoTime() - begun) * config.pause()));
        return took.toMillis() < 1
                ? Uni.createFrom().nullItem()
                : Uni.createFrom().nullItem().onItem().delayIt().by(took);
    }

    /** Rows of an import that are to be worked through. */
    record Task(ImportJob job, Held held, Board board, ImportPhase phase) {}

    /**
     * How the rows ended.
     *
     * @param failure why not at the last row; null if it was
     * @param total rows of the file; null when they did not all come
     */
    record End(String failure, boolean cancelled, ImportCounts counts, Long total) {}
}
