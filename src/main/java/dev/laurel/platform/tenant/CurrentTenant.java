package dev.laurel.platform.tenant;

import dev.laurel.shared.Tenant;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * The tenant of the running request. It is kept in the request's own Vert.x context (a duplicated one), which
 * asynchronous results come back to.
 *
 * <p>Outside of requests it is the default tenant. Jobs and followers therefore never ask: they name what they work on in
 * full ({@code BoardName}, {@code PlayerKey}), as read from PostgreSQL.
 */
public final class CurrentTenant {
    private static final String KEY = "laurel.tenant";

    private CurrentTenant() {}

    /** The tenant whose names are meant: that of the caller, or the default tenant where there is no caller. */
    public static Tenant get() {
        return of(Vertx.currentContext());
    }

    /** As {@link #get}, of the request with this context; of none for null. */
    public static Tenant of(Context context) {
        if (context == null || !VertxContext.isDuplicatedContext(context)) {
            return Tenant.DEFAULT;
        }
        Tenant tenant = context.getLocal(KEY);
        return tenant == null ? Tenant.DEFAULT : tenant;
    }

    /**
     * Sets the tenant of the running request, before anything is looked up for it.
     *
     * @throws IllegalStateException outside of a request, where the setting would reach the requests of others
     */
    public static void set(Tenant tenant) {
        Context context = Vertx.currentContext();
        if (context == null || !VertxContext.isDuplicatedContext(context)) {
            throw new IllegalStateException("Only a request has a tenant of its own");
        }
        context.putLocal(KEY, tenant);
    }
}
