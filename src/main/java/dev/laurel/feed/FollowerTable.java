package dev.laurel.feed;

import dev.laurel.feed.source.Attempts;
import dev.laurel.feed.source.Claim;
import dev.laurel.feed.source.Feed;
import dev.laurel.feed.source.Placed;
import dev.laurel.feed.source.Plans;
import dev.laurel.feed.source.Position;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.platform.postgres.Sql.Statements;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.util.UUID;

/** The cursors of followers, and the leases on them. All times are by PostgreSQL's clock. */
@ApplicationScoped
class FollowerTable {
    private static final int MAX_FAILURE = 1_000;

    /**
     * Claims a shard that is free or leased by this process, and that need not wait. The row stays locked until the end
     * of the transaction; the lease outlasts it. A crash of PostgreSQL loses the effect and the cursor together, so the
     * commit need not wait for the disk.
     */
    private static final String CLAIM = """
            WITH mine AS MATERIALIZED (
                SELECT name, shard FROM follower
                WHERE name = $1 AND shard = $2 AND (token IS NULL OR token = $3 OR leased_until < now())
                  AND coalesce(retry_at, '-infinity') <= now()
                FOR UPDATE SKIP LOCKED)
            UPDATE follower f SET token = $3, holder = $4, leased_until = now() + $5 * interval '1 millisecond'
            FROM mine WHERE f.name = mine.name AND f.shard = mine.shard
            RETURNING f.tx::text, f.id, f.moves, f.attempts, f.suspects, set_config('synchronous_commit', 'off', true),""" + Plans.BY_INDEX;

    private static final String FINISH = """
            UPDATE follower SET tx = $4::text::xid8, id = $5, moves = moves + 1, attempts = $6, suspects = $7, retry_at = NULL,
                failure = CASE WHEN $6 > 0 THEN failure END, failed_at = CASE WHEN $6 > 0 THEN failed_at END,
                token = CASE WHEN $8 THEN token END, updated_at = now()
            WHERE name = $1 AND shard = $2 AND token = $3""";

    private static final String RELEASE =
            "UPDATE follower SET token = NULL, updated_at = now() WHERE name = $1 AND shard = $2 AND token = $3";

    /** Unless another process has advanced it meanwhile. */
    private static final String FAILED = """
            UPDATE follower SET attempts = $4, suspects = $5, retry_at = clock_timestamp() + $6 * interval '1 millisecond',
                failure = $7, failed_at = now(), token = NULL, updated_at = now()
            WHERE name = $1 AND shard = $2 AND moves = $3""";

    private static final String PUT_ASIDE = """
            INSERT INTO follower_item (name, feed, shard, board_id, tx, item, failure)
            SELECT $1, $2, $3, $4, $5::text::xid8, $6, $7
            WHERE (SELECT count(*) FROM follower_item WHERE name = $1) < $8
            ON CONFLICT DO NOTHING RETURNING id""";

    private final Sql sql;
    private final FeedConfig config;
    private final String token = UUID.randomUUID().toString();
    private final String holder = "process " + ProcessHandle.current().pid();

    FollowerTable(Sql sql, FeedConfig config) {
        this.sql = sql;
        this.config = config;
    }

    /** Null when another process is working on the shard, or it has to wait after a failure. */
    Uni<Claim> claim(Statements transaction, String follower, int shard) {
        return transaction
                .run(CLAIM, follower, shard, token, holder, config.lease().toMillis())
                .map(rows -> {
                    var claimed = rows.iterator();
                    return claimed.hasNext() ? claim(follower, shard, claimed.next()) : null;
                });
    }

    private static Claim claim(String follower, int shard, Row row) {
        return new Claim(
                follower,
                shard,
                new Position(row.getString(0), row.getLong(1)),
                row.getLong(2),
                new Attempts(row.getInteger(3), row.getInteger(4)));
    }

    /** Moves the cursor; keeps the lease when there is more to do. */
    Uni<Void> finish(Statements transaction, Claim claim, Position to, Attempts now, boolean keep) {
        return transaction
                .run(
                        FINISH,
                        claim.follower(),
                        claim.shard(),
                        token,
                        to.tx(),
                        to.id(),
                        now.failures(),
                        now.suspects(),
                        keep)
                .invoke(rows -> {
                    if (rows.rowCount() != 1) {
                        throw new IllegalStateException("Shard " + claim.shard() + " of " + claim.follower()
                                + " was taken over while it was locked");
                    }
                })
                .replaceWithVoid();
    }

    /** Releases a shard without work. */
    Uni<Void> release(Statements transaction, Claim claim) {
        return transaction.run(RELEASE, claim.follower(), claim.shard(), token).replaceWithVoid();
    }

    /** Records that the work on a claim has failed, and when to retry it. */
    Uni<Void> failed(Claim claim, Attempts now, Duration delay, Throwable failure) {
        return sql.run(
                        FAILED,
                        claim.follower(),
                        claim.shard(),
                        claim.moves(),
                        now.failures(),
                        now.suspects(),
                        delay.toMillis(),
                        text(failure))
                .replaceWithVoid();
    }

    /**
     * Puts an item aside.
     *
     * @return false when there are too many already
     */
    Uni<Boolean> putAside(Statements transaction, Claim claim, Feed<?> feed, Placed<?> item, Throwable failure) {
        return transaction
                .run(
                        PUT_ASIDE,
                        claim.follower(),
                        feed.id(),
                        (short) claim.shard(),
                        item.item().boardId(),
                        item.at().tx(),
                        item.at().id(),
                        text(failure),
                        (long) config.maxAside())
                .map(rows -> rows.size() == 1);
    }

    static String text(Throwable failure) {
        String text = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        return text.length() <= MAX_FAILURE ? text : text.substring(0, MAX_FAILURE);
    }
}
