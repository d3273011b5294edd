package dev.laurel.admin;

import dev.laurel.admin.Restoration.Phase;
import dev.laurel.admin.Restoration.Shown;
import dev.laurel.board.Board;
import dev.laurel.board.all.AllBoards;
import dev.laurel.cache.CacheDrops;
import dev.laurel.cache.registry.KeyFilter;
import dev.laurel.platform.lifecycle.DatabaseReplaced;
import dev.laurel.ranking.PreviousRanks;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.shared.PageRequest;
import dev.laurel.standings.admin.StandingsAdmin;
import dev.laurel.standings.audit.Audit;
import dev.laurel.standings.audit.AuditReport;
import dev.laurel.standings.audit.WindowAudit;
import dev.laurel.standings.window.WindowRef;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Makes this process and Redis show what was restored into PostgreSQL, and compares both stores. */
@ApplicationScoped
class RestoredContents {
    private static final Logger LOG = Logger.getLogger(RestoredContents.class);
    private static final int PAGE = 1_000;

    private final AllBoards boards;
    private final StandingsAdmin standings;
    private final CacheDrops caches;
    private final PreviousRanks previousRanks;
    private final Audit audit;
    private final Event<DatabaseReplaced> replaced;

    RestoredContents(
            AllBoards boards,
            StandingsAdmin standings,
            CacheDrops caches,
            PreviousRanks previousRanks,
            Audit audit,
            Event<DatabaseReplaced> replaced) {
        this.boards = boards;
        this.standings = standings;
        this.caches = caches;
        this.previousRanks = previousRanks;
        this.audit = audit;
        this.replaced = replaced;
    }

    /**
     * Does so.
     *
     * @return what was done; a window that cannot be loaded now is loaded as soon as it can, and is not read from Redis before
     */
    Uni<Shown> show(Consumer<Phase> phase) {
        phase.accept(Phase.SHOWING);
        replaced.fire(new DatabaseReplaced());
        previousRanks.clear();
        return caches.dropAll(KeyFilter.ALL)
                .chain(() -> page(1, new ArrayList<>()))
                .chain(found -> show(found, phase));
    }

    private Uni<List<Board>> page(int number, List<Board> found) {
        return boards.page(new PageRequest(number, PAGE)).chain(page -> {
            found.addAll(page);
            return page.isEmpty() ? Uni.createFrom().item(found) : page(number + 1, found);
        });
    }

    private Uni<Shown> show(List<Board> found, Consumer<Phase> phase) {
        List<WindowRef> windows = new ArrayList<>();
        return each(found, board -> standings.invalidate(board).invoke(windows::addAll))
                .chain(() -> each(windows, standings::load))
                .invoke(() -> phase.accept(Phase.AUDITING))
                .chain(() -> compared(found))
                .map(report -> new Shown(found.size(), windows.size(), report, null))
                .onFailure(Unavailable.class)
                .invoke(failure -> LOG.warnf("What was restored is not in Redis yet: %s", failure.getMessage()))
                .onFailure(Unavailable.class)
                .recoverWithItem(failure -> new Shown(
                        found.size(),
                        windows.size(),
                        null,
                        failure.getMessage() + "; windows are loaded into Redis and compared as soon as they can"));
    }

    private Uni<AuditReport> compared(List<Board> found) {
        long began = System.nanoTime();
        List<WindowAudit> all = new ArrayList<>();
        return each(found, board -> audit.run(board).invoke(report -> all.addAll(report.windows())))
                .map(done -> new AuditReport(all, Duration.ofNanos(System.nanoTime() - began)));
    }

    private static <T, R> Uni<Void> each(List<T> items, java.util.function.Function<T, Uni<R>> work) {
        return Multi.createFrom()
                .iterable(items)
                .onItem()
                .transformToUniAndConcatenate(work::apply)
                .collect()
                .last()
                .replaceWithVoid();
    }
}
