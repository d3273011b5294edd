package dev.laurel.limit;

import dev.laurel.access.AccessMode;
import dev.laurel.limit.Limit.Kind;
import dev.laurel.platform.meters.Meters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The limits as they are configured, and the counting of requests against them. */
@ApplicationScoped
public class RateLimits {
    private final AccessMode mode;
    private final Limiter limiter;
    private final Map<Client.Kind, Map<Kind, Limit>> limits = new EnumMap<>(Client.Kind.class);
    private final Map<Client.Kind, Map<Kind, Counter>> refused = new EnumMap<>(Client.Kind.class);
    private volatile Optional<Boolean> wanted;

    RateLimits(AccessMode mode, LimitConfig config, SharedPermits shared, Clock clock, MeterRegistry meters) {
        this.mode = mode;
        this.wanted = config.enabled();
        this.limiter = new Limiter(shared, clock, config.patience(), meters.counter(Meters.LIMITS_ALONE)::increment);
        LimitConfig.Reads reads = config.reads();
        LimitConfig.Writes writes = config.writes();
        LimitConfig.Imports imports = config.imports();
        set(Client.Kind.ADDRESS, reads.address(), writes.address(), imports.address());
        set(Client.Kind.KEY, reads.key(), writes.key(), imports.key());
        set(Client.Kind.PLAYER, reads.player(), writes.player(), imports.player());
        for (Client.Kind client : Client.Kind.values()) {
            Map<Kind, Counter> counters = new EnumMap<>(Kind.class);
            for (Kind kind : Kind.values()) {
                counters.put(
                        kind, meters.counter(Meters.LIMITS_REFUSED, "requests", kind.text(), "client", client.text()));
            }
            refused.put(client, counters);
        }
    }

    /** Sets the limits of a kind of clients. */
    void set(Client.Kind client, int reads, int writes, int imports) {
        Map<Kind, Limit> own = new EnumMap<>(Kind.class);
        own.put(Kind.READS, new Limit(Kind.READS, reads));
        own.put(Kind.WRITES, new Limit(Kind.WRITES, writes));
        own.put(Kind.IMPORTS, new Limit(Kind.IMPORTS, imports));
        limits.put(client, own);
    }

    /** Whether requests are limited. */
    public boolean areEnabled() {
        Optional<Boolean> set = wanted;
        return set.isPresent() ? set.get() : !mode.isOpen();
    }

    /** Decides that, in place of the configuration; empty for what follows from whether the service is open. */
    void enable(Optional<Boolean> enabled) {
        wanted = enabled;
    }

    /** The limit of a client for requests of a kind. */
    public Limit of(Client client, Kind kind) {
        return limits.get(client.kind()).get(kind);
    }

    /**
     * Counts a request.
     *
     * @param later called with the verdict when that takes time, on any thread
     * @return the verdict; null when it takes time
     */
    public Verdict take(Client client, Limit limit, Consumer<Verdict> later) {
        return limiter.take(limit.kind().text() + ":" + client.name(), limit, later);
    }

    /** Counts what is limited otherwise than requests; on the caller's context. */
    Uni<Verdict> take(String what, Gcra rule, int permits) {
        Context caller = Vertx.currentContext();
        return Uni.createFrom().emitter(emitter -> {
            Consumer<Verdict> later = verdict -> {
                if (caller == null) {
                    emitter.complete(verdict);
                } else {
                    caller.runOnContext(ignored -> emitter.complete(verdict));
                }
            };
            Verdict verdict = limiter.take(what, rule, permits, later);
            if (verdict != null) {
                emitter.complete(verdict);
            }
        });
    }

    /** Counts a refusal. */
    public void refused(Client client, Limit limit) {
        refused.get(client.kind()).get(limit.kind()).increment();
    }
}
