package dev.laurel.access.key;

import dev.laurel.cache.ChangeBroadcast;
import dev.laurel.cache.ChangeNotice;
import dev.laurel.platform.lifecycle.DatabaseReplaced;
import dev.laurel.platform.postgres.Sessions;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Learns which keys any process has revoked: at once by a notice through Redis, and within a second from PostgreSQL when the notice
 * is lost.
 */
@Startup
@ApplicationScoped
class KeyChanges {
    private static final Logger LOG = Logger.getLogger(KeyChanges.class);
    private static final String TOPIC = "access-key";

    /** More than clocks of processes differ and transactions last; what is found again costs nothing. */
    private static final Duration OVERLAP = Duration.ofMinutes(10);

    private static final int MOST = 10_000;

    private final KeyCache cache;
    private final KeyRepository rows;
    private final Sessions sessions;
    private final ChangeBroadcast broadcast;
    private final Clock clock;
    private final long trustedNanos;
    private volatile Instant lookedAt;
    private volatile long lookedNanos = System.nanoTime();

    KeyChanges(
            KeyCache cache,
            KeyRepository rows,
            Sessions sessions,
            ChangeBroadcast broadcast,
            KeyConfig config,
            Clock clock) {
        this.cache = cache;
        this.rows = rows;
        this.sessions = sessions;
        this.broadcast = broadcast;
        this.clock = clock;
        this.trustedNanos = config.trustedWithoutDatabase().toNanos();
        this.lookedAt = clock.instant();
        broadcast.listen(TOPIC, fields -> cache.revoked(fields.get(0)));
    }

    /** Whether what is in memory may still be used, although PostgreSQL may be unavailable. */
    boolean isTrusted() {
        return System.nanoTime() - lookedNanos < trustedNanos;
    }

    /** This process has revoked a key. */
    void revoked(String id) {
        cache.revoked(id);
        broadcast.tell(ChangeNotice.of(TOPIC, id));
    }

    @Scheduled(identity = "revoked-keys", every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> look() {
        Instant now = clock.instant();
        return sessions.reading(() -> rows.revokedSince(lookedAt.minus(OVERLAP), MOST)
                        .map(found -> found.stream().map(KeyEntity::digest).toList()))
                .invoke(found -> {
                    if (found.size() < MOST) {
                        found.forEach(cache::revoked);
                    } else {
                        cache.clear();
                    }
                    lookedAt = now;
                    lookedNanos = System.nanoTime();
                })
                .replaceWithVoid()
                .onFailure()
                .invoke(failure -> LOG.debugf("Revoked keys could not be looked up: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    void replaced(@Observes DatabaseReplaced event) {
        cache.clear();
    }
}
