package dev.laurel.auditlog;

import dev.laurel.auditlog.AuditedAction.Definition;
import dev.laurel.shared.Tenant;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * The definition that the running request has created, where its path could not name it. Kept in the context of the request, so an
 * operation can tell it from wherever it knows.
 */
public final class AuditSubject {
    private static final String KEY = "laurel.audited.subject";

    private AuditSubject() {}

    /** Says what the request has created. */
    public static void created(String kind, String name) {
        created(kind, name, null);
    }

    /** The same, for something that belongs to another tenant. */
    public static void created(String kind, String name, Tenant tenant) {
        Context context = Vertx.currentContext();
        if (context != null && VertxContext.isDuplicatedContext(context)) {
            context.putLocal(KEY, new Definition(kind, name, tenant));
        }
    }

    /** What was said; null when nothing was. */
    public static Definition current() {
        Context context = Vertx.currentContext();
        return context != null && VertxContext.isDuplicatedContext(context) ? context.getLocal(KEY) : null;
    }
}
