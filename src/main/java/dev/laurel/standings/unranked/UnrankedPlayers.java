package dev.laurel.standings.unranked;

import dev.laurel.platform.async.Contexts;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.shared.Tenant;
import dev.laurel.standings.load.SettleTimer;
import dev.laurel.standings.unranked.UnrankedChanges.UnrankedChange;
import dev.laurel.standings.window.ChangeStamps;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.time.Clock;
import java.util.List;

/**
 * Has all rankings show that a player takes no rank anywhere, or takes one again. PostgreSQL leaves out such a player from
 * the moment the record is changed; here Redis and the caches of this process follow.
 */
@ApplicationScoped
public class UnrankedPlayers {
    private static final Logger LOG = Logger.getLogger(UnrankedPlayers.class);

    /** Longer than a process takes for a change, the repetition included. */
    private static final double OVERDUE_SECONDS = 5;

    private static final long MAX_PER_RUN = 500;

    private final UnrankedChanges changes;
    private final UnrankedSync sync;
    private final ChangeStamps stamps;
    private final SettleTimer settle;
    private final Clock clock;

    UnrankedPlayers(UnrankedChanges changes, UnrankedSync sync, ChangeStamps stamps, SettleTimer settle, Clock clock) {
        this.changes = changes;
        this.sync = sync;
        this.stamps = stamps;
        this.settle = settle;
        this.clock = clock;
    }

    /**
     * Shows a change of a player's record that has been committed. Once it completes, every ranking is as the record has
     * it.
     *
     * @return fails with {@link Unavailable} when a store is; some process makes up for it as soon as it can
     */
    public Uni<Void> show(Tenant tenant, String playerId) {
        return changes.of(tenant, playerId).chain(this::showAll);
    }

    private Uni<Void> showAll(List<UnrankedChange> some) {
        return Multi.createFrom()
                .iterable(some)
                .onItem()
                .transformToUniAndConcatenate(this::show)
                .collect()
                .last()
                .replaceWithVoid();
    }

    /**
     * Shows a change, and does so again once every event in flight must have arrived: one committed before the player was
     * taken out would put the player back.
     */
    private Uni<Void> show(UnrankedChange change) {
        return Contexts.toTheEnd(sync.carry(change))
                .invoke(stamps::changeAll)
                .invoke(() -> settle.later(
                        () -> sync.carry(change).invoke(stamps::changeAll).chain(() -> changes.done(change))));
    }

    /** A ban ends by itself, on time. */
    @Scheduled(identity = "bans-over", every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> endBans() {
        return changes.endBans(clock.instant(), MAX_PER_RUN)
                .chain(this::showAll)
                .onFailure()
                .invoke(failure -> LOG.debugf("Bans could not be ended: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    /** Finishes what a process has left undone that ended, or could not reach a store. */
    @Scheduled(identity = "unranked-players", every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> finishOverdue() {
        return changes.take(OVERDUE_SECONDS, MAX_PER_RUN)
                .chain(this::showAll)
                .onFailure()
                .invoke(failure -> LOG.debugf("Changes of players could not be shown: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }
}
