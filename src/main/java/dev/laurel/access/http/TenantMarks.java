package dev.laurel.access.http;

import dev.laurel.access.Caller;
import dev.laurel.access.tenant.TenantRegistry;
import dev.laurel.platform.meters.Meters;
import dev.laurel.platform.tracing.Spans;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Says of each request whose it is, in a meter and in its trace; only where there are several tenants. */
@Singleton
class TenantMarks {
    /** Tenants with a label of their own; the requests of all others are counted together. */
    private static final int MAX_LABELS = 100;

    private static final String OTHER = "(other)";

    private final TenantRegistry tenants;
    private final MeterRegistry meters;
    private final Map<String, Counter> counters = new ConcurrentHashMap<>();

    TenantMarks(TenantRegistry tenants, MeterRegistry meters) {
        this.tenants = tenants;
        this.meters = meters;
        // From the start, so that a dashboard shows 0 rather than nothing.
        counters.put(Caller.DEFAULT_TENANT, counter(Caller.DEFAULT_TENANT));
    }

    void mark(Caller caller) {
        if (tenants.areSeveral()) {
            Spans.ofTenant(caller.tenantName());
            of(caller.tenantName()).increment();
        }
    }

    private Counter of(String tenant) {
        Counter known = counters.get(tenant);
        return known == null
                ? counters.computeIfAbsent(counters.size() < MAX_LABELS ? tenant : OTHER, this::counter)
                : known;
    }

    private Counter counter(String tenant) {
        return meters.counter(Meters.TENANT_REQUESTS, "tenant", tenant);
    }
}
