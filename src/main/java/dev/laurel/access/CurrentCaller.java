package dev.laurel.access;

import dev.laurel.platform.tenant.CurrentTenant;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * The caller of the request that this code works for. Kept in the context of the request, of which the framework makes a new one
 * for each. Code that runs elsewhere, such as a job, has none: what it needs of a caller it is given, {@link Caller#SYSTEM} for the
 * service itself.
 */
public final class CurrentCaller {
    private static final String KEY = "laurel.caller";

    private CurrentCaller() {}

    /**
     * The caller.
     *
     * @throws IllegalStateException when nobody has set one: nothing is allowed then
     */
    public static Caller get() {
        Context context = Vertx.currentContext();
        Caller caller = context != null && VertxContext.isDuplicatedContext(context) ? context.getLocal(KEY) : null;
        if (caller == null) {
            throw new IllegalStateException("Nobody has been found to be the caller");
        }
        return caller;
    }

    /** Sets the caller of the request that is being served. */
    public static void set(Caller caller) {
        Context context = Vertx.currentContext();
        if (context == null || !VertxContext.isDuplicatedContext(context)) {
            throw new IllegalStateException("Only a request has a caller");
        }
        if (caller.kind() == Caller.Kind.SYSTEM) {
            throw new IllegalArgumentException("The service does not call itself");
        }
        context.putLocal(KEY, caller);
        CurrentTenant.set(caller.tenant());
    }
}
