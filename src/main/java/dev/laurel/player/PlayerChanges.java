package dev.laurel.player;

import dev.laurel.cache.RecentChanges;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.shared.Tenant;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Looks up in PostgreSQL which players any process has changed, and evicts their records. */
@ApplicationScoped
class PlayerChanges {
    private static final String RECENT = """
            SELECT change_no, tenant_id, player_id FROM player_change
            WHERE changed_at > now() - interval '15 seconds' LIMIT $1""";

    private static final String OVER = "DELETE FROM player_change WHERE changed_at < now() - interval '10 minutes'";

    private final Sql sql;
    private final RecentChanges changes;

    PlayerChanges(Sql sql, PlayerCache cache) {
        this.sql = sql;
        this.changes = new RecentChanges(
                sql,
                RECENT,
                change -> cache.forget(new PlayerKey(new Tenant(change.getShort(1)), change.getString(2))),
                cache::looked);
    }

    @Scheduled(identity = "player-changes", every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> look() {
        return changes.look();
    }

    @Scheduled(identity = "player-changes-over", every = "10m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> removeOld() {
        return sql.runForJob(OVER).replaceWithVoid().onFailure().recoverWithNull();
    }
}
