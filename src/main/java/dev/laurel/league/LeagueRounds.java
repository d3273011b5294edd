package dev.laurel.league;

import dev.laurel.feed.Follower;
import dev.laurel.feed.source.ClosedWindow;
import dev.laurel.feed.source.Feed;
import dev.laurel.feed.source.Start;
import dev.laurel.platform.postgres.Sql.Statements;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Settles the leagues of a window once it has been closed: ranks in cohorts, promotions and demotions, each exactly once,
 * since they are committed with the cursor. A window that was reset is a round like any other.
 */
@ApplicationScoped
class LeagueRounds implements Follower<ClosedWindow> {
    private static final String SETTLE = "SELECT settle_leagues($1, $2, $3, $4, $5, $6)";

    private final Clock clock;

    LeagueRounds(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return "league-rounds";
    }

    @Override
    public Feed<ClosedWindow> feed() {
        return Feed.CLOSINGS;
    }

    /** Closings without leagues cost next to nothing, and none is missed that happens before this follower is known. */
    @Override
    public Start start() {
        return Start.BEGINNING;
    }

    @Override
    public Uni<Void> handle(List<ClosedWindow> batch, Statements transaction) {
        return Multi.createFrom()
                .iterable(batch)
                .onItem()
                .transformToUniAndConcatenate(closed -> transaction.run(
                        SETTLE,
                        closed.boardId(),
                        closed.period().code(),
                        closed.windowKey(),
                        closed.windowId(),
                        closed.closing(),
                        clock.instant().atOffset(ZoneOffset.UTC)))
                .collect()
                .last()
                .replaceWithVoid();
    }
}
