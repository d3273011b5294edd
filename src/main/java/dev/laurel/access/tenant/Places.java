package dev.laurel.access.tenant;

import dev.laurel.shared.LaurelException.RateLimited;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.shared.Tenant;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** Places of one kind in this process, each held by a request of some tenant. */
public final class Places {
    private final SharedPlaces kind;
    private final int most;
    private final Shares shares;
    private final String refusal;
    private final Map<Tenant, Integer> held = new HashMap<>();
    private int taken;

    /** @param refusal the message when all are taken */
    public Places(SharedPlaces kind, int most, Shares shares, String refusal) {
        this.kind = kind;
        this.most = most;
        this.shares = shares;
        this.refusal = refusal;
    }

    /**
     * Takes a place.
     *
     * @throws Unavailable when all are taken
     * @throws RateLimited when the tenant holds its share of them
     */
    public Place take(Tenant tenant) {
        synchronized (this) {
            if (taken >= most) {
                throw Unavailable.overloaded(refusal);
            }
            if (held.getOrDefault(tenant, 0) < shares.of(most)) {
                held.merge(tenant, 1, Integer::sum);
                taken++;
                return new Place(tenant);
            }
        }
        throw shares.refuse(kind);
    }

    /** How many are held. */
    public synchronized int taken() {
        return taken;
    }

    private synchronized void release(Tenant tenant) {
        // Nothing stays of a tenant that holds none.
        held.computeIfPresent(tenant, (same, places) -> places == 1 ? null : places - 1);
        taken--;
    }

    /** A place that is held. */
    public final class Place {
        private final Tenant tenant;
        private final AtomicBoolean left = new AtomicBoolean();

        private Place(Tenant tenant) {
            this.tenant = tenant;
        }

        /** Gives it back; again, it does nothing. */
        public void leave() {
            if (left.compareAndSet(false, true)) {
                release(tenant);
            }
        }
    }
}
