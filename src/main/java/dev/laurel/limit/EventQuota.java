package dev.laurel.limit;

import dev.laurel.access.tenant.TenantRegistry;
import dev.laurel.platform.meters.Meters;
import dev.laurel.shared.LaurelException.RateLimited;
import dev.laurel.shared.Tenant;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.util.function.Supplier;

/** The score events that tenants may submit, on average, counted by all processes together. */
@Startup
@ApplicationScoped
public class EventQuota {
    /** As many events as a tenant may submit in this time can come at once. */
    private static final Duration BURST = Duration.ofSeconds(10);

    /** Of one request: one that names more is refused for it, and must not use up what the tenant may submit for days. */
    private static final int MOST = 10_000;

    private static final long NANOS_A_MICRO = 1_000;

    private final TenantRegistry tenants;
    private final RateLimits limits;
    private final Counter refused;

    EventQuota(TenantRegistry tenants, RateLimits limits, MeterRegistry meters) {
        this.tenants = tenants;
        this.limits = limits;
        this.refused = meters.counter(Meters.TENANT_EVENTS_REFUSED);
    }

    /**
     * Does the work if a tenant may submit events now. A batch is accepted as a whole as long as one event may be submitted; what
     * follows waits until that is made up for.
     *
     * @return what the work returns; fails with {@link RateLimited}
     */
    public <T> Uni<T> within(Tenant tenant, int events, Supplier<Uni<T>> work) {
        Integer allowed = tenants.quotas(tenant).eventsPerSecond();
        return allowed == null || events < 1
                ? work.get()
                : verdict(tenant, allowed, Math.min(MOST, events))
                        .invoke(verdict -> require(verdict, allowed))
                        .chain(work::get);
    }

    private Uni<Verdict> verdict(Tenant tenant, int allowed, int events) {
        Gcra rule = Gcra.of(allowed * BURST.toSeconds(), BURST.toNanos() / NANOS_A_MICRO);
        // Another quota is another limit.
        return limits.take("events:" + tenant.id() + ":" + allowed, rule, events);
    }

    private void require(Verdict verdict, int allowed) {
        if (!verdict.allowed()) {
            refused.increment();
            throw new RateLimited(
                    "The tenant may submit " + allowed + " events a second; try again in " + verdict.retryAfter()
                            + " s",
                    Duration.ofSeconds(verdict.retryAfter()));
        }
    }
}
