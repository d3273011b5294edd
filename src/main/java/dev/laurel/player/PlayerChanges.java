package dev.laurel.player;

import dev.laurel.platform.postgres.Sql;
import dev.laurel.shared.Tenant;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.util.HashSet;
import java.util.Set;

/**
 * Looks up in PostgreSQL which players any process has changed, and evicts their records. PostgreSQL notes a change in
 * the transaction that makes it, so none is lost.
 */
@ApplicationScoped
class PlayerChanges {
    private static final Logger LOG = Logger.getLogger(PlayerChanges.class);

    /** Beyond this number, records are not evicted one by one. */
    private static final int MAX = 10_000;

    /**
     * A change is dated when it is made and becomes visible when its transaction has ended, at most five seconds later;
     * and the last successful check was at most ten seconds ago ({@link PlayerCache}).
     */
    private static final String RECENT = """
            SELECT tenant_id, player_id, change_no FROM player_change
            WHERE changed_at > now() - interval '15 seconds' LIMIT $1""";

    private static final String OVER = "DELETE FROM player_change WHERE changed_at < now() - interval '1 hour'";

    private final Sql sql;
    private final PlayerCache cache;
    private volatile Set<Long> known = Set.of();

    PlayerChanges(Sql sql, PlayerCache cache) {
        this.sql = sql;
        this.cache = cache;
    }

    @Scheduled(identity = "player-changes", every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> look() {
        return sql.run(RECENT, (long) MAX + 1)
                .invoke(this::forget)
                .replaceWithVoid()
                .onFailure()
                .invoke(failure -> LOG.debugf("Changes of players could not be looked up: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    private void forget(RowSet<Row> changes) {
        boolean complete = changes.size() <= MAX;
        if (complete) {
            Set<Long> seen = new HashSet<>();
            for (Row change : changes) {
                long number = change.getLong(2);
                seen.add(number);
                if (!known.contains(number)) {
                    cache.forget(new PlayerKey(new Tenant(change.getShort(0)), change.getString(1)));
                }
            }
            known = seen;
        }
        cache.looked(complete);
    }

    @Scheduled(identity = "player-changes-over", every = "10m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> removeOld() {
        return sql.runForJob(OVER).replaceWithVoid().onFailure().recoverWithNull();
    }
}
