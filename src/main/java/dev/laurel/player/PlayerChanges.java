package dev.laurel.player;

import dev.laurel.cache.ChangeBroadcast;
import dev.laurel.cache.ChangeNotice;
import dev.laurel.cache.RecentChanges;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.shared.Tenant;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Evicts the records of players whom another process has changed: on its notice at once, and otherwise when a look into
 * PostgreSQL finds the change.
 */
@ApplicationScoped
class PlayerChanges implements RecordChanged {
    private static final String RECENT = """
            SELECT change_no, tenant_id, player_id FROM player_change
            WHERE changed_at > now() - interval '15 seconds' LIMIT $1""";

    /** One without a record may have been erased: its name is kept only as long as other processes look for it. */
    private static final String OVER = """
            DELETE FROM player_change c
            WHERE c.changed_at < now() - interval '10 minutes'
               OR c.changed_at < now() - interval '1 minute'
                  AND NOT EXISTS (SELECT FROM player p WHERE p.tenant_id = c.tenant_id AND p.id = c.player_id)""";

    private final Sql sql;
    private final RecentChanges changes;
    private final ChangeBroadcast broadcast;

    PlayerChanges(Sql sql, PlayerCache cache, ChangeBroadcast broadcast) {
        this.sql = sql;
        this.broadcast = broadcast;
        this.changes = new RecentChanges(
                sql, RECENT, change -> cache.forget(key(change.getShort(1), change.getString(2))), cache::looked);
        broadcast.listen(TOPIC, fields -> cache.forget(key(Short.parseShort(fields.get(0)), fields.get(1))));
    }

    private static PlayerKey key(short tenant, String id) {
        return new PlayerKey(new Tenant(tenant), id);
    }

    @Override
    public Uni<Void> recordChanged(PlayerKey key) {
        broadcast.tell(ChangeNotice.of(TOPIC, key.tenant().id(), key.id()));
        return Uni.createFrom().voidItem();
    }

    @Scheduled(identity = "player-changes", every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> look() {
        return changes.look();
    }

    @Scheduled(identity = "player-changes-over", every = "10s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> removeOld() {
        return sql.runForJob(OVER).replaceWithVoid().onFailure().recoverWithNull();
    }
}
