package dev.laurel.league;

import dev.laurel.feed.Follower;
import dev.laurel.feed.source.ClosedWindow;
import dev.laurel.feed.source.Feed;
import dev.laurel.feed.source.Start;
import dev.laurel.platform.postgres.Sql.Statements;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;

/**
 * Notes for the {@linkplain LeagueSettlement job that settles} which leagues have had a window closed. A window that was
 * reset is a round like any other.
 */
@ApplicationScoped
class LeagueRounds implements Follower<ClosedWindow> {
    /** In one order, since others lock several leagues, too. Without a row nobody has entered yet. */
    private static final String NOTE = """
            WITH closed AS (
                SELECT l.board_id, l.period FROM league l
                WHERE (l.board_id, l.period) IN (SELECT * FROM unnest($1::integer[], $2::smallint[]))
                ORDER BY l.board_id, l.period FOR UPDATE)
            UPDATE league l SET due = true FROM closed c WHERE l.board_id = c.board_id AND l.period = c.period""";

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
        return transaction
                .run(
                        NOTE,
                        batch.stream().map(ClosedWindow::boardId).toArray(Integer[]::new),
                        batch.stream().map(closed -> closed.period().code()).toArray(Short[]::new))
                .replaceWithVoid();
    }
}
