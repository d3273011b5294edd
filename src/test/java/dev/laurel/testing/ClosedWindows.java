package dev.laurel.testing;

import dev.laurel.archive.WindowClosed;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What was announced about closed windows, in the order of the announcements. */
@Singleton
public class ClosedWindows {
    private final List<WindowClosed> announced = new CopyOnWriteArrayList<>();

    void remember(@Observes WindowClosed closed) {
        announced.add(closed);
    }

    /** The announcements about one board. */
    public List<WindowClosed> of(String board) {
        return announced.stream()
                .filter(closed -> closed.window().board().name().equals(board))
                .toList();
    }

    /** The names of the closed windows of one board. */
    public List<String> namesOf(String board) {
        return of(board).stream().map(closed -> closed.window().id()).toList();
    }
}
