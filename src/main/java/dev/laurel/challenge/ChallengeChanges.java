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
    private static final String SUBMISSIONS = """
            SELECT change_no, tenant_id, challenge, variant, player_id, clearing FROM challenge_change
            WHERE changed_at > now() - interval '25 seconds' AND variant <> '' LIMIT $1""";

    /** The numbers of changes of players are negative, so that no two are the same. */
    private static final String DEFINITIONS = """
            (SELECT change_no FROM challenge_change
             WHERE changed_at > now() - interval '25 seconds' AND variant = '' LIMIT $1)
            UNION ALL
            (SELECT -change_no FROM player_change WHERE changed_at > now() - interval '15 seconds' LIMIT $1)
            LIMIT $1""";

    /** Twice as old as a change that is looked for, and no older: they name players. */
    private static final String OVER = "DELETE FROM challenge_change WHERE changed_at < now() - interval '1 minute'";

    private final Sql sql;
    private final ChallengeCache cache;
    private final RecentChanges definitions;
    private final RecentChanges submissions;

    ChallengeChanges(Sql sql, ChallengeCache cache) {
        this.sql = sql;
        this.cache = cache;
        this.definitions = new RecentChanges(sql, DEFINITIONS, this::defined, cache::lookedAtDefinitions);
        this.submissions = new RecentChanges(sql, SUBMISSIONS, this::submitted, cache::lookedAtSubmissions);
    }

    private void defined(Row change) {
        if (change.getLong(0) < 0) {
            cache.playersChanged();
        } else {
            cache.learnDefinition();
        }
    }

    private void submitted(Row change) {
        cache.learnSubmission(
                new VariantOf(change.getInteger(2), change.getString(3)),
                new PlayerKey(new Tenant(change.getShort(1)), change.getString(4)),
                change.getBoolean(5));
    }

    @Scheduled(identity = "challenge-changes", every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> look() {
        return definitions.look().chain(submissions::look);
    }

    @Scheduled(identity = "challenge-changes-over", every = "10s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> removeOld() {
        return sql.runForJob(OVER).replaceWithVoid().onFailure().recoverWithNull();
    }
}
