package dev.laurel.player;

import dev.laurel.cache.ChangeWatch;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.shared.Tenant;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Evicts the records of players whom any process has changed. */
@ApplicationScoped
class PlayerChanges {
    private final ChangeWatch watch;

    PlayerChanges(Sql sql, PlayerCache cache) {
        this.watch = new ChangeWatch(sql, "player_change", "player_id", new ChangeWatch.Listener() {
            @Override
            public void changed(Tenant tenant, String key) {
                cache.forget(new PlayerKey(tenant, key));
            }

            @Override
            public void anythingChanged() {
                cache.forgetAll();
            }
        });
    }

    /** Whether records may be read from the cache. */
    boolean areWatched() {
        return watch.isTrusted();
    }

    @Scheduled(identity = "player-changes", every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> look() {
        return watch.look();
    }

    @Scheduled(identity = "player-changes-over", every = "10m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> removeOld() {
        return watch.removeOld();
    }
}
