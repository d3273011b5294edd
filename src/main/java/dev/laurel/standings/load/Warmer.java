package dev.laurel.standings.load;

import dev.laurel.board.Board;
import dev.laurel.board.all.AllBoards;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.PageRequest;
import dev.laurel.standings.redis.RedisSizes;
import dev.laurel.standings.window.RollingWindows;
import dev.laurel.standings.window.WindowRef;
import dev.laurel.standings.window.WindowRegistry;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.CompositeException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.util.List;

/**
 * Keeps the current windows of all boards ready in Redis: loads them soon after startup, after a boundary, and after
 * Redis has lost them, before many readers arrive.
 */
@ApplicationScoped
public class Warmer {
    private static final Logger LOG = Logger.getLogger(Warmer.class);

    /** Boards kept warm; the windows of others are loaded when they are first read. */
    private static final int MAX_BOARDS = 1_000;

    private final AllBoards boards;
    private final WindowRegistry windows;
    private final RollingWindows rolling;
    private final Rebuilder rebuilder;
    private final RedisSizes sizes;

    Warmer(AllBoards boards, WindowRegistry windows, RollingWindows rolling, Rebuilder rebuilder, RedisSizes sizes) {
        this.boards = boards;
        this.windows = windows;
        this.rolling = rolling;
        this.rebuilder = rebuilder;
        this.sizes = sizes;
    }

    /** Makes the current windows of a board ready. */
    public Uni<Void> warm(Board board) {
        Multi<WindowRef> own = Multi.createFrom()
                .iterable(board.definition().periods())
                .select()
                .where(period -> !period.isRolling())
                .onItem()
                .transformToUniAndConcatenate(period -> windows.current(board, period)
                        // Between two seasons there is nothing to warm.
                        .onFailure(NotFound.class)
                        .recoverWithNull())
                .select()
                .where(WindowRef::opened);
        return Multi.createBy()
                .concatenating()
                .streams(own, Multi.createFrom().iterable(rolling.wanted(board)))
                .collect()
                .asList()
                .chain(all -> all.isEmpty() ? Uni.createFrom().voidItem() : ensureLoaded(all));
    }

    /** Most are loaded: one question for all of them. */
    private Uni<Void> ensureLoaded(List<WindowRef> all) {
        return sizes.of(all)
                .onItem()
                .transformToMulti(
                        found -> Multi.createFrom().iterable(all).select().where(window -> !found.get(window)
                                .isComplete()))
                .onItem()
                // One that cannot be loaded does not keep the others cold.
                .transformToUni(rebuilder::ensureLoaded)
                .collectFailures()
                .concatenate()
                .collect()
                .last()
                .onFailure(CompositeException.class)
                .transform(failures -> failures.getCauses().get(0))
                .replaceWithVoid();
    }

    /** A board that cannot be warmed does not keep the others cold. */
    private Uni<Void> tryToWarm(Board board) {
        return warm(board)
                .onFailure()
                .invoke(failure -> LOG.debugf("Board %s could not be warmed: %s", board.name(), failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    @Scheduled(
            identity = "warm",
            every = "${laurel.standings.warm-every:10s}",
            concurrentExecution = ConcurrentExecution.SKIP)
    public Uni<Void> warm() {
        return warmAll();
    }

    /** If one window was found missing, others probably are: Redis has started empty. */
    @Scheduled(identity = "warm-soon", every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> warmSoon() {
        return rebuilder.takeMissed() ? warmAll() : Uni.createFrom().voidItem();
    }

    private Uni<Void> warmAll() {
        return boards.page(new PageRequest(1, MAX_BOARDS))
                .onItem()
                .transformToMulti(found -> Multi.createFrom().iterable(found))
                .onItem()
                .transformToUniAndConcatenate(this::tryToWarm)
                .collect()
                .last()
                .replaceWithVoid()
                .onFailure()
                .invoke(failure -> LOG.debugf("Not all windows could be warmed: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }
}
