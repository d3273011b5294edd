package dev.laurel.standings;

import dev.laurel.board.Board;
import dev.laurel.board.Boards;
import dev.laurel.shared.PageRequest;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/**
 * Has the current windows of all boards ready in Redis: soon after the start, after a boundary, and after Redis has lost
 * them, before many ask.
 */
@ApplicationScoped
class Warmer {
    private static final Logger LOG = Logger.getLogger(Warmer.class);

    /** Boards kept warm; the windows of others are loaded when they are first read. */
    private static final int MAX_BOARDS = 1_000;

    private final Boards boards;
    private final StandingsAdmin standings;
    private final Rebuilder rebuilder;

    Warmer(Boards boards, StandingsAdmin standings, Rebuilder rebuilder) {
        this.boards = boards;
        this.standings = standings;
        this.rebuilder = rebuilder;
    }

    /** A board that cannot be warmed keeps no other one cold. */
    private Uni<Void> warm(Board board) {
        return standings
                .warm(board)
                .onFailure()
                .invoke(failure -> LOG.debugf("Board %s is not warm: %s", board.name(), failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    @Scheduled(
            identity = "warm",
            every = "${laurel.standings.warm-every:10s}",
            concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> warm() {
        return warmAll();
    }

    /** A reader that has found one window missing is seldom the last one: Redis has begun anew. */
    @Scheduled(identity = "warm-soon", every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> warmSoon() {
        return rebuilder.takeMissed() ? warmAll() : Uni.createFrom().voidItem();
    }

    private Uni<Void> warmAll() {
        return boards.list(new PageRequest(1, MAX_BOARDS))
                .onItem()
                .transformToMulti(page -> Multi.createFrom().iterable(page.items()))
                .onItem()
                .transformToUniAndConcatenate(this::warm)
                .collect()
                .last()
                .replaceWithVoid()
                .onFailure()
                .invoke(failure -> LOG.debugf("Not all windows are warm: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }
}
