package dev.laurel.analytics;

import dev.laurel.cache.RecentChanges;
import dev.laurel.feed.source.Plans;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.player.PlayerKey;
import dev.laurel.shared.Tenant;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks up each second how far the follower of activities has come, whichever process it runs in, and outdates what this one
 * has cached of the players whose events it has passed. So counting an event writes nothing for the sake of caches, and no
 * notice can be lost. What was counted again is noted in a table.
 */
@ApplicationScoped
class ActivityChanges {
    private static final Logger LOG = Logger.getLogger(ActivityChanges.class);

    /** Beyond this number, players are not evicted one by one. */
    private static final int MAX = 5_000;

    private static final String CURSORS = "SELECT shard, tx::text, id FROM follower WHERE name = 'activity'";

    private static final String BY_INDEX = "SELECT " + Plans.BY_INDEX;

    /** What the public must not see yet outdates nothing: whether an answer comes from the cache would tell. */
    private static final String PASSED = """
            SELECT e.board_id, e.player_id, (SELECT b.tenant_id FROM board b WHERE b.id = e.board_id)
            FROM unnest($1::integer[], $2::text[], $3::bigint[], $4::text[], $5::bigint[]) AS c(shard, tx, id, to_tx, to_id)
            CROSS JOIN LATERAL (
                SELECT s.board_id, s.player_id, s.id FROM score_event s
                WHERE (s.board_id & 15) = c.shard AND (s.tx, s.id) > (c.tx::xid8, c.id) AND (s.tx, s.id) <= (c.to_tx::xid8, c.to_id)
                ORDER BY s.tx, s.id LIMIT $6) e
            WHERE NOT EXISTS (SELECT FROM activity_hidden h
                              WHERE h.board_id = e.board_id AND h.player_id = e.player_id AND h.id = e.id)
            LIMIT $6""";

    /** A step of counting again takes at most five seconds, and the last check was at most ten seconds ago. */
    private static final String RECENT = """
            (SELECT change_no, tenant_id, board_id, player_id FROM activity_change
             WHERE changed_at > now() - interval '20 seconds' LIMIT $1)
            UNION ALL
            (SELECT -change_no, tenant_id, 0, player_id FROM player_change
             WHERE changed_at > now() - interval '15 seconds' LIMIT $1)
            LIMIT $1""";

    private final Sql sql;
    private final AnalyticsCache cache;
    private final RecentChanges recounted;
    private Map<Integer, Cursor> known = Map.of();

    ActivityChanges(Sql sql, AnalyticsCache cache) {
        this.sql = sql;
        this.cache = cache;
        this.recounted = new RecentChanges(sql, RECENT, this::changed, cache::looked);
    }

    private void changed(Row change) {
        if (change.getLong(0) < 0) {
            cache.changed(key(change.getShort(1), change.getString(3)));
        } else if (change.getInteger(2) == 0) {
            cache.rankedChanged();
        } else {
            cache.counted(change.getInteger(2), key(change.getShort(1), change.getString(3)));
        }
    }

    /** Cached answers are trusted only if both checks succeed. */
    @Scheduled(identity = "activity-changes", every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> look() {
        return sql.run(CURSORS)
                .map(ActivityChanges::cursors)
                .chain(now -> passed(now).invoke(() -> known = now))
                .chain(recounted::look)
                .onFailure()
                .invoke(failure -> LOG.debugf("Counted events could not be looked up: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    private static Map<Integer, Cursor> cursors(RowSet<Row> rows) {
        Map<Integer, Cursor> cursors = new HashMap<>();
        rows.forEach(row -> cursors.put(row.getInteger(0), new Cursor(row.getString(1), row.getLong(2))));
        return cursors;
    }

    private Uni<Void> passed(Map<Integer, Cursor> now) {
        List<Integer> moved = new ArrayList<>();
        now.forEach((shard, cursor) -> {
            if (!cursor.equals(known.get(shard))) {
                moved.add(shard);
            }
        });
        if (moved.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        if (!known.keySet().containsAll(moved)) {
            return Uni.createFrom().voidItem().invoke(cache::allCounted);
        }
        return sql.inTransaction(transaction ->
                        transaction.run(BY_INDEX).chain(() -> transaction.run(PASSED, range(moved, known, now))))
                .invoke(this::evict)
                .replaceWithVoid();
    }

    private static Object[] range(List<Integer> shards, Map<Integer, Cursor> from, Map<Integer, Cursor> to) {
        return new Object[] {
            shards.toArray(Integer[]::new),
            shards.stream().map(shard -> from.get(shard).tx()).toArray(String[]::new),
            shards.stream().map(shard -> from.get(shard).id()).toArray(Long[]::new),
            shards.stream().map(shard -> to.get(shard).tx()).toArray(String[]::new),
            shards.stream().map(shard -> to.get(shard).id()).toArray(Long[]::new),
            MAX + 1L
        };
    }

    private void evict(RowSet<Row> rows) {
        if (rows.size() > MAX) {
            cache.allCounted();
        } else {
            rows.forEach(row -> cache.counted(row.getInteger(0), key(row.getShort(2), row.getString(1))));
        }
    }

    private static PlayerKey key(short tenant, String player) {
        return new PlayerKey(new Tenant(tenant), player);
    }

    /** The last event that has been counted in a shard. */
    private record Cursor(String tx, long id) {}
}
