package dev.laurel.web.body;

import dev.laurel.access.Caller;
import dev.laurel.platform.meters.Meters;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.MemorySize;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import java.util.HashMap;
import java.util.Map;

/**
 * Bounds the memory that bodies take together while they arrive and are worked on. Nobody gets all of it: one caller a quarter,
 * or as much as the longest body needs, and all callers of one tenant, or those without a credential, three quarters.
 */
@Startup // so that the gauge is there before the first body
@ApplicationScoped
class BodyMemory {
    private static final int PART_OF_HEAP = 8;

    private final long most;
    private final Map<String, Long> held = new HashMap<>();
    private long taken;

    @Inject
    BodyMemory(BodyConfig config, MeterRegistry meters) {
        this(config.bodiesInMemory()
                .map(MemorySize::asLongValue)
                .orElseGet(() -> Runtime.getRuntime().maxMemory() / PART_OF_HEAP));
        meters.gauge(Meters.BODIES, this, BodyMemory::taken);
    }

    /** @param most in bytes */
    BodyMemory(long most) {
        this.most = most;
    }

    /** Takes so many bytes for a caller, which have to be given back; false when there are not as many for it. */
    synchronized boolean take(Caller caller, long bytes) {
        boolean enough = taken + bytes <= most;
        // Anyone may be anybody in an open service.
        if (caller.kind() != Caller.Kind.OPEN) {
            enough = enough
                    && held(tenant(caller)) + bytes <= most / 4 * 3
                    && held(name(caller)) + bytes <= Math.max(most / 4, MaxBody.ITEMS);
        }
        if (enough) {
            add(caller, bytes);
        }
        return enough;
    }

    synchronized void giveBack(Caller caller, long bytes) {
        add(caller, -bytes);
    }

    private void add(Caller caller, long bytes) {
        taken += bytes;
        held.merge(tenant(caller), bytes, BodyMemory::sum);
        held.merge(name(caller), bytes, BodyMemory::sum);
    }

    /** Nothing when there is nothing left, so that callers are not remembered. */
    private static Long sum(long before, long more) {
        return before + more == 0 ? null : before + more;
    }

    private long held(String owner) {
        return held.getOrDefault(owner, 0L);
    }

    private static String tenant(Caller caller) {
        return caller.kind() == Caller.Kind.ANONYMOUS
                ? "nobody"
                : "tenant " + caller.tenant().id();
    }

    private static String name(Caller caller) {
        return caller.kind() + " " + caller.tenant().id() + " " + caller.name();
    }

    /** In bytes. */
    synchronized long taken() {
        return taken;
    }
}
