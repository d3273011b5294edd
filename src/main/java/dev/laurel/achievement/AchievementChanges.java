package dev.laurel.achievement;

import dev.laurel.cache.RecentChanges;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.player.PlayerKey;
import dev.laurel.shared.Tenant;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Looks up in PostgreSQL what any process has changed in achievements, and outdates what this one has cached of them.
 * Records of players matter, too: they decide who is on public lists.
 */
@ApplicationScoped
class AchievementChanges {
    /** A transaction with awards takes at most ten seconds, and the last check was at most ten seconds ago. */
    private static final String RECENT = """
            (SELECT change_no, tenant_id, achievement, player_id FROM achievement_change
             WHERE changed_at > now() - interval '25 seconds' LIMIT $1)
            UNION ALL
            (SELECT -change_no, tenant_id, 0, player_id FROM player_change
             WHERE changed_at > now() - interval '15 seconds' LIMIT $1)
            LIMIT $1""";

    private static final String OVER =
            "DELETE FROM achievement_change WHERE changed_at < now() - interval '10 minutes'";

    private final Sql sql;
    private final AchievementCache cache;
    private final RecentChanges changes;

    AchievementChanges(Sql sql, AchievementCache cache) {
        this.sql = sql;
        this.cache = cache;
        this.changes = new RecentChanges(sql, RECENT, this::changed, cache::looked);
    }

    private void changed(Row change) {
        String player = change.getString(3);
        if (change.getLong(0) < 0) {
            cache.playersChanged();
        } else if (player.isEmpty()) {
            cache.learnDefinition();
        } else {
            cache.awarded(change.getInteger(2), new PlayerKey(new Tenant(change.getShort(1)), player));
        }
    }

    @Scheduled(identity = "achievement-changes", every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> look() {
        return changes.look();
    }

    @Scheduled(identity = "achievement-changes-over", every = "1m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> removeOld() {
        return sql.runForJob(OVER).replaceWithVoid().onFailure().recoverWithNull();
    }
}
