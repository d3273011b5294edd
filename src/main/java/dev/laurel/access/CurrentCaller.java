package dev.laurel.access;

import dev.laurel.platform.tenant.CurrentTenant;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * The caller of the request that this code works for. Kept in the context of the request, of which the framework makes a new one
 * for each: code that runs on another context, such as a job, works for the service itself.
 */
public final class CurrentCaller {
    private static final String KEY = "laurel.caller";

    private CurrentCaller() {}

    /** The caller; {@link Caller#SYSTEM} outside of requests. */
    public static Caller get() {
        Context context = Vertx.currentContext();
        if (context == null || !VertxContext.isDuplicatedContext(context)) {
            return Caller.SYSTEM;
        }
        Caller caller = context.getLocal(KEY);
        return caller == null ? Caller.SYSTEM : caller;
    }

    /** Sets the caller of the request that is being served. */
    public static void set(Caller caller) {
        Context context = Vertx.currentContext();
        if (context == null || !VertxContext.isDuplicatedContext(context)) {
            throw new IllegalStateException("Only a request has a caller");
        }
        context.putLocal(KEY, caller);
        CurrentTenant.set(caller.tenant());
    }
}
