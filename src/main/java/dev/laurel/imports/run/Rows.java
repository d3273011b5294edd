package dev.laurel.imports.run;

import dev.laurel.board.Board;
import dev.laurel.imports.ImportConfig;
import dev.laurel.imports.ImportCounts;
import dev.laurel.imports.ImportJob;
import dev.laurel.imports.ImportPhase;
import dev.laurel.imports.file.mapping.ImportMode;
import dev.laurel.imports.run.JobTable.Held;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.standings.window.WindowRef;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The loop over the rows of a file: some are read, checked and written, then the next. */
@ApplicationScoped
class Rows {
    private final RowReaders readers;
    private final ChunkSteps steps;
    private final People people;
    private final ImportThreads threads;
    private final Replacing replacing;
    private final WindowFinders finders;
    private final ImportConfig config;

    Rows(
            RowReaders readers,
            ChunkSteps steps,
            People people,
            ImportThreads threads,
            Replacing replacing,
            WindowFinders finders,
            ImportConfig config) {
        this.readers = readers;
        this.steps = steps;
        this.people = people;
        this.threads = threads;
        this.replacing = replacing;
        this.finders = finders;
        this.config = config;
    }

    /**
     * Works through the rows that are left.
     *
     * @return how that ended; fails as a store does, with {@link JobTable.LeaseLost}, and with {@link InvalidInput} when
     *     the file cannot be opened
     */
    Uni<End> work(Task task, Path file) {
        return running(task)
                .chain(running -> threads.run(() -> readers.open(task, running, file)))
                .chain(reader -> {
                    Course course = finders.begin(task, reader);
                    return replacing
                            .replace(task)
                            .chain(() -> all(course))
                            .map(ignored -> course.end())
                            .onTermination()
                            .call(() -> course.closed(threads));
                });
    }

    private Uni<Void> all(Course course) {
        return Multi.createBy()
                .repeating()
                .uni(() -> step(course))
                .whilst(more -> more)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<List<WindowRef>> running(Task task) {
        return task.job().options().mode() == ImportMode.STANDINGS
                ? finders.running(task.board(), task.job().options().at())
                : Uni.createFrom().item(List.of());
    }

    /** Whether there is more to do. */
    private Uni<Boolean> step(Course course) {
        long begun = System.nanoTime();
        return course.next(threads, config)
                .call(read -> course.finder().find(course.board(), ChunkSteps.instants(read.lines())))
                .call(read -> read.lines().isEmpty()
                        ? Uni.createFrom().voidItem()
                        : known(course, read.lines()).chain(lines -> steps.write(course, lines)))
                .map(course::goesOn)
                .onFailure(InvalidInput.class)
                .recoverWithItem(failure -> course.broken(failure))
                .call(more -> more ? pause(begun) : Uni.createFrom().nullItem());
    }

    /** What rows say of players comes before their scores; but not of those that are refused for what they are. */
    private Uni<List<Line>> known(Course course, List<Line> lines) {
        if (lines.stream().allMatch(line -> line.player().isNone())) {
            return Uni.createFrom().item(lines);
        }
        Task task = course.task();
        return threads.run(() -> Plan.of(
                                course.board(),
                                lines,
                                course.finder(),
                                task.job().options().closedWindows())
                        .judged())
                .chain(judged -> task.phase() == ImportPhase.CHECK
                        ? people.check(course.board().tenant(), judged)
                        : people.merge(task.held(), course.board().tenant(), judged));
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
