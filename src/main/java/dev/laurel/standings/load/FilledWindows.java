package dev.laurel.standings.load;

import dev.laurel.board.Board;
import dev.laurel.shared.Period;
import dev.laurel.standings.window.ChangeStamps;
import dev.laurel.standings.window.RollingWindows;
import dev.laurel.standings.window.WindowRef;
import dev.laurel.standings.window.WindowRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Shows archives that have been filled: what is known of them, and what is made of their days, is out of date. */
@ApplicationScoped
class FilledWindows {
    private final WindowRegistry windows;
    private final RollingWindows rolling;
    private final Rebuilder rebuilder;
    private final ChangeStamps stamps;

    FilledWindows(WindowRegistry windows, RollingWindows rolling, Rebuilder rebuilder, ChangeStamps stamps) {
        this.windows = windows;
        this.rolling = rolling;
        this.rebuilder = rebuilder;
        this.stamps = stamps;
    }

    /** Shows the newest generation of a window, and has Redis load the rolling windows that it is a day of. */
    Uni<Void> show(Board board, Period period, String windowId) {
        return windows.named(board, period, windowId)
                .invoke(this::outdate)
                .chain(window -> period == Period.DAILY
                        ? rebuilder.invalidate(
                                rolling.holding(board, window.window().start()))
                        : Uni.createFrom().voidItem());
    }

    private void outdate(WindowRef window) {
        windows.forget(window);
        stamps.changed(window);
    }
}
