package dev.laurel.standings;

import dev.laurel.board.Board;
import dev.laurel.board.Boards;
import dev.laurel.shared.PageRequest;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

import java.time.Duration;

/** Has the current windows of all boards ready in Redis soon after the start. */
@ApplicationScoped
class Warmer {
    private static final Logger LOG = Logger.getLogger(Warmer.class);

    /** Boards warmed at the start; the windows of others are loaded when they are first read. */
    private static final int MAX_BOARDS = 1_000;

    private final Boards boards;
    private final StandingsAdmin standings;

    Warmer(Boards boards, StandingsAdmin standings) {
        this.boards = boards;
        this.standings = standings;
    }

    void start(@Observes @Priority(3000) StartupEvent event, Vertx vertx) {
        vertx.getOrCreateContext().runOnContext(ignored -> warmAll()
                // Redis may take a moment to connect, or be away: reads do not wait for this.
                .onFailure()
                .retry()
                .withBackOff(Duration.ofMillis(100), Duration.ofSeconds(5))
                .atMost(20)
                .subscribe()
                .with(
                        done -> LOG.debug("Current windows are warm"),
                        e -> LOG.debugf("Not warmed: %s", e.getMessage())));
    }

    private Uni<Void> warmAll() {
        return boards.list(new PageRequest(1, MAX_BOARDS))
                .onItem()
                .transformToMulti(page -> Multi.createFrom().iterable(page.items()))
                .onItem()
                .transformToUniAndConcatenate((Board board) -> standings.warm(board))
                .collect()
                .last()
                .replaceWithVoid();
    }
}
