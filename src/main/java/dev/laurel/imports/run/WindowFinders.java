package dev.laurel.imports.run;

import dev.laurel.board.Board;
import dev.laurel.imports.ImportConfig;
import dev.laurel.imports.run.WindowFinder.Span;
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
    private final ImportConfig config;

    WindowFinders(WindowRegistry windows, Generations generations, ImportMeters meters, ImportConfig config) {
        this.windows = windows;
        this.generations = generations;
        this.meters = meters;
        this.config = config;
    }

    /** Begins to work through the rows of an import. */
    Course begin(Rows.Task task, RowReader reader) {
        return new Course(task, reader, new WindowFinder(this::span, windows::forget, config.maxWindows()), meters);
    }

    private Uni<Span> span(Board board, Instant instant) {
        return windows.openAt(board, instant)
                .chain(own -> generations.beginnings(own).map(begun -> WindowFinder.span(board, instant, own, begun)));
    }

    /** The windows of a board that are running at an instant, the closed ones among them included. */
    Uni<List<WindowRef>> running(Board board, Instant at) {
        return windows.openAt(board, at);
    }
}
