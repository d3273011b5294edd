package dev.laurel.access.tenant;

import dev.laurel.platform.meters.Meters;
import dev.laurel.shared.LaurelException.RateLimited;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * How many of the places that tenants share one of them may hold, so that it leaves some to the others. A service with one tenant
 * has no use for that: there it may hold all.
 */
@Startup // so that the counters are there before the first refusal
@ApplicationScoped
public class Shares {
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final BooleanSupplier several;
    private final Map<SharedPlaces, Counter> refused = new EnumMap<>(SharedPlaces.class);
    private volatile double share;

    @Inject
    Shares(TenantRegistry tenants, SharesConfig config, MeterRegistry meters) {
        this(tenants::areSeveral, config.share(), meters);
    }

    Shares(BooleanSupplier several, double share, MeterRegistry meters) {
        this.several = several;
        use(share);
        for (SharedPlaces kind : SharedPlaces.values()) {
            refused.put(kind, meters.counter(Meters.TENANT_SHARE_REFUSED, "places", kind.text()));
        }
    }

    final void use(double part) {
        if (!(part > 0 && part <= 1)) {
            throw new IllegalArgumentException("laurel.tenants.share must be above 0, and at most 1");
        }
        share = part;
    }

    /** Of so many places, how many one tenant may hold now. */
    public int of(int all) {
        return several.getAsBoolean() ? Math.max(1, (int) Math.ceil(all * share)) : all;
    }

    /** Counts a refusal, and says it. */
    public RateLimited refuse(SharedPlaces kind) {
        refused.get(kind).increment();
        return new RateLimited("The tenant has as many " + kind.text() + " at once as it may; try again soon", RETRY);
    }
}
