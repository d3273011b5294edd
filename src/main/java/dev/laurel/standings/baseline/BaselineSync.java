package dev.laurel.standings.baseline;

import dev.laurel.board.Board;
import dev.laurel.board.Season;
import dev.laurel.platform.async.Commits;
import dev.laurel.shared.Period;
import dev.laurel.standings.baseline.BaselineTable.Changed;
import dev.laurel.standings.load.Rebuilder;
import dev.laurel.standings.load.SettleTimer;
import dev.laurel.standings.load.StaleWindows;
import dev.laurel.standings.load.StandingsSync;
import dev.laurel.standings.window.ChangeStamps;
import dev.laurel.standings.window.WindowRef;
import dev.laurel.standings.window.WindowRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.util.List;

/** Has Redis show changed baselines: player by player for some, and by a load of the window for many. */
@ApplicationScoped
class BaselineSync {
    private static final Logger LOG = Logger.getLogger(BaselineSync.class);

    /** Beyond it, to load the whole window is faster, and holds up Redis less. */
    private static final int MAX_PLAYERS = 2_000;

    /** A script for this many players holds Redis for about two milliseconds. */
    private static final int PAGE = 500;

    private final WindowRegistry windows;
    private final StandingsSync standings;
    private final StaleWindows stale;
    private final Rebuilder rebuilder;
    private final ChangeStamps stamps;
    private final SettleTimer settle;
    private final Commits commits;

    BaselineSync(
            WindowRegistry windows,
            StandingsSync standings,
            StaleWindows stale,
            Rebuilder rebuilder,
            ChangeStamps stamps,
            SettleTimer settle,
            Commits commits) {
        this.windows = windows;
        this.standings = standings;
        this.stale = stale;
        this.rebuilder = rebuilder;
        this.stamps = stamps;
        this.settle = settle;
        this.commits = commits;
    }

    /** Once it completes, every reader sees the change: from Redis, or from PostgreSQL until Redis has it. */
    Uni<Void> show(Board board, Season season, Changed changed) {
        List<String> players =
                changed.previous().stream().map(Baseline::playerId).toList();
        return windows.named(board, Period.SEASON, season.id())
                .chain(window -> changed.stale() == null
                        ? Uni.createFrom().voidItem().invoke(() -> archived(window))
                        : show(window, players, changed.stale()));
    }

    /** Archives that have been ranked again are closed once more. */
    private void archived(WindowRef window) {
        stamps.changed(window);
        commits.announce(Commits.Kind.CLOSINGS, window.board().id());
    }

    private Uni<Void> show(WindowRef window, List<String> players, long mark) {
        if (players.size() > MAX_PLAYERS) {
            return rebuilder.markStale(List.of(window)).invoke(() -> stamps.changed(window));
        }
        return correct(window, players)
                // An event that was committed before, and arrives after, would bring back who has just lost a gain.
                .invoke(() -> settle.later(() -> correct(window, players)))
                // A window that was stale before, for whatever reason, stays so until it has been loaded.
                .call(() ->
                        mark > 0 ? stale.clear(window, mark) : Uni.createFrom().voidItem())
                .onFailure()
                .invoke(e -> LOG.debugf("Window %s is loaded again: %s", window.id(), e.getMessage()))
                .onFailure()
                .recoverWithUni(() -> rebuilder.markStale(List.of(window)));
    }

    private Uni<Void> correct(WindowRef window, List<String> players) {
        return Multi.createFrom()
                .iterable(players)
                .group()
                .intoLists()
                .of(PAGE)
                .onItem()
                .transformToUniAndConcatenate(page -> standings.correct(window, page))
                .collect()
                .last()
                .invoke(() -> stamps.changed(window))
                .replaceWithVoid();
    }
}
