package dev.laurel.standings.load;

import dev.laurel.platform.redis.RedisConfig;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.util.function.Supplier;

/** Repeats work once every event that was on its way to Redis must have arrived. */
@ApplicationScoped
public class SettleTimer {
    private static final Logger LOG = Logger.getLogger(SettleTimer.class);

    private final Vertx vertx;
    private final long settleMs;

    SettleTimer(Vertx vertx, RedisConfig config) {
        this.vertx = vertx;
        this.settleMs = config.deadline().multipliedBy(2).toMillis();
    }

    /** No caller waits for it, and the audit finds whatever fails then. */
    public void later(Supplier<Uni<Void>> work) {
        vertx.setTimer(settleMs, timer -> work.get()
                .subscribe()
                .with(ignored -> {}, e -> LOG.debugf("Left to the audit: %s", e.getMessage())));
    }
}
