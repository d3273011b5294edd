package dev.laurel.standings.write;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.laurel.board.Board;
import dev.laurel.platform.async.Contexts;
import dev.laurel.platform.postgres.Pulse;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.shared.LaurelException.Unavailable;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * The number of the last correction on each board, made by any process. The archive of a closed window changes only by
 * corrections, each of which is logged in its own transaction: what is read from archives holds until this number
 * grows.
 */
@ApplicationScoped
public class CorrectionNumbers {
    /** As long as a finished response may stay in use after another process has outdated it. */
    private static final Duration KEPT_FOR = Duration.ofMillis(50);

    private static final long RECENT_NANOS = Duration.ofMillis(150).toNanos();

    private static final int MAX_KEPT = 10_000;

    private static final String LAST = "SELECT coalesce(max(id), 0) FROM admin_log WHERE board_id = $1";

    private final Sql sql;
    private final Pulse pulse;
    private final AsyncLoadingCache<Integer, Long> kept = Caffeine.newBuilder()
            .maximumSize(MAX_KEPT)
            .expireAfterWrite(KEPT_FOR)
            .buildAsync((Integer board, Executor executor) -> last(board).subscribeAsCompletionStage());

    /** Without PostgreSQL nothing can be corrected either. */
    private final Cache<Integer, Known> lastKnown =
            Caffeine.newBuilder().maximumSize(MAX_KEPT).build();

    CorrectionNumbers(Sql sql, Pulse pulse) {
        this.sql = sql;
        this.pulse = pulse;
    }

    /** Grows with every correction on a board; corrections by other processes are seen within {@link #KEPT_FOR}. */
    public Uni<Long> of(Board board) {
        return Contexts.await(kept.get(board.id())).onFailure(Unavailable.class).recoverWithUni(failure -> {
            Known known = lastKnown.getIfPresent(board.id());
            return known == null
                    ? Uni.createFrom().failure(failure)
                    : Uni.createFrom().item(known.number());
        });
    }

    /**
     * As {@link #of}, but a number that is a little older is returned at once, while the present one is being read: for readers
     * that know the corrections of this process otherwise.
     */
    public Uni<Long> recent(Board board) {
        Known known = lastKnown.getIfPresent(board.id());
        if (known == null || System.nanoTime() - known.readAt() > RECENT_NANOS) {
            return of(board);
        }
        kept.get(board.id());
        return Uni.createFrom().item(known.number());
    }

    private Uni<Long> last(int board) {
        return pulse.whileAlive(sql.run(LAST, board))
                .map(rows -> rows.iterator().next().getLong(0))
                .invoke(number -> lastKnown.put(board, new Known(number, System.nanoTime())));
    }

    private record Known(long number, long readAt) {}
}
