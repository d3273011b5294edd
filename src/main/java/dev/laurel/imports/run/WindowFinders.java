package dev.laurel.imports.run;

import dev.laurel.board.Board;
import dev.laurel.standings.window.Generations;
import dev.laurel.standings.window.WindowRef;
import dev.laurel.standings.window.WindowRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Instant;
import java.util.List;

/** Finds windows for imports. */
@ApplicationScoped
class WindowFinders {
    private final WindowRegistry windows;
    private final Generations generations;
    private final ImportMeters meters;

    WindowFinders(WindowRegistry windows, Generations generations, ImportMeters meters) {
        this.windows = windows;
        this.generations = generations;
        this.meters = meters;
    }

    /** Begins to work through the rows of an import. */
    Course begin(Rows.Task task, RowReader reader) {
        return new Course(task, reader, new WindowFinder(windows, generations), meters);
    }

    /** The windows of a board that are running at an instant, the closed ones among them included. */
    Uni<List<WindowRef>> running(Board board, Instant at) {
        return windows.openAt(board, at);
    }
}
