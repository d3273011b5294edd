package dev.laurel.platform.tenant;

import dev.laurel.shared.Tenant;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * The tenant of the running request. It is kept in the request's own Vert.x context (a duplicated one), which
 * asynchronous results come back to.
 *
 * <p>Jobs and followers have none, and never ask: they name what they work on in full ({@code BoardName},
 * {@code PlayerKey}), as read from PostgreSQL. Code that asks outside of a request has lost its context, and is refused rather than
 * shown the things of another tenant.
 */
public final class CurrentTenant {
    private static final String KEY = "laurel.tenant";

    private CurrentTenant() {}

    /**
     * The tenant whose names are meant: that of the caller.
     *
     * @throws IllegalStateException outside of a request
     */
    public static Tenant get() {
        Tenant tenant = of(Vertx.currentContext());
        if (tenant == null) {
            throw new IllegalStateException("Only a request has a tenant: a name was completed outside of one");
        }
        return tenant;
    }

    /** The same of the request with this context; null before its caller is known, and where it is of no request. */
    public static Tenant of(Context context) {
        return context == null || !VertxContext.isDuplicatedContext(context) ? null : context.getLocal(KEY);
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
