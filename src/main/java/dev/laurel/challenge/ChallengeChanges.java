package dev.laurel.challenge;

import dev.laurel.cache.RecentChanges;
import dev.laurel.challenge.ChallengeCache.VariantOf;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.player.PlayerKey;
import dev.laurel.shared.Tenant;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Looks up in PostgreSQL what any process has changed in challenges, and outdates what this one has cached of them. Records
 * of players matter, too: they decide who is on public lists.
 */
@ApplicationScoped
class ChallengeChanges {
    /** A transaction with submissions takes at most ten seconds, and the last check was at most ten seconds ago. */
    private static final String RECENT = """
            (SELECT change_no, tenant_id, challenge, variant, player_id, clearing FROM challenge_change
             WHERE changed_at > now() - interval '25 seconds' LIMIT $1)
            UNION ALL
            (SELECT -change_no, tenant_id, 0, '', player_id, false FROM player_change
             WHERE changed_at > now() - interval '15 seconds' LIMIT $1)
            LIMIT $1""";

    private static final String OVER = "DELETE FROM challenge_change WHERE changed_at < now() - interval '10 minutes'";

    private final Sql sql;
    private final ChallengeCache cache;
    private final RecentChanges changes;

    ChallengeChanges(Sql sql, ChallengeCache cache) {
        this.sql = sql;
        this.cache = cache;
        this.changes = new RecentChanges(sql, RECENT, this::changed, cache::looked);
    }

    private void changed(Row change) {
        String variant = change.getString(3);
        if (change.getLong(0) < 0) {
            cache.playersChanged();
        } else if (variant.isEmpty()) {
            cache.learnDefinition();
        } else {
            cache.learnSubmission(
                    new VariantOf(change.getInteger(2), variant),
                    new PlayerKey(new Tenant(change.getShort(1)), change.getString(4)),
                    change.getBoolean(5));
        }
    }

    @Scheduled(identity = "challenge-changes", every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> look() {
        return changes.look();
    }

    @Scheduled(identity = "challenge-changes-over", every = "1m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> removeOld() {
        return sql.runForJob(OVER).replaceWithVoid().onFailure().recoverWithNull();
    }
}
