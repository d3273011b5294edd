package dev.laurel.access.key;

import dev.laurel.platform.postgres.Sessions;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Notes when keys were used, in one statement a minute: an old key that nobody uses can be revoked without fear. */
@ApplicationScoped
class KeyUses {
    private static final Logger LOG = Logger.getLogger(KeyUses.class);

    /** More keys than a process has in memory are not noted in one minute; they are in another one. */
    private static final int MOST = 10_000;

    private final Set<Long> used = ConcurrentHashMap.newKeySet();
    private final Sessions sessions;
    private final KeyRepository rows;
    private final Clock clock;

    KeyUses(Sessions sessions, KeyRepository rows, Clock clock) {
        this.sessions = sessions;
        this.rows = rows;
        this.clock = clock;
    }

    /** Called with every request: what is noted already is only looked up. */
    void used(Long number) {
        if (!used.contains(number) && used.size() < MOST) {
            used.add(number);
        }
    }

    @Scheduled(identity = "key-uses", every = "1m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> write() {
        List<Long> numbers = new ArrayList<>(used);
        if (numbers.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return sessions.inTransaction(() -> rows.used(numbers, clock.instant()))
                .invoke(() -> numbers.forEach(used::remove))
                .replaceWithVoid()
                .onFailure()
                .invoke(failure -> LOG.debugf("Uses of keys could not be noted: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }
}
