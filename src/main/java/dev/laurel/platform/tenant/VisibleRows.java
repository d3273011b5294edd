package dev.laurel.platform.tenant;

import dev.laurel.shared.Tenant;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

import java.util.Collection;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The tenants whose rows statements may see and write that run for a request, where PostgreSQL keeps tenants apart: that of the
 * request, unless something else is said here. Statements of jobs, and of operations on the whole service, see all rows.
 */
public final class VisibleRows {
    private static final String KEY = "laurel.rows";
    private static final String ALL = "";

    private VisibleRows() {}

    /**
     * The numbers of these tenants as an array of PostgreSQL; null where all rows are visible.
     *
     * @param context that of a request, or another one
     */
    public static String of(Context context) {
        if (context == null || !VertxContext.isDuplicatedContext(context)) {
            return null;
        }
        String said = context.getLocal(KEY);
        if (said != null) {
            return said.equals(ALL) ? null : said;
        }
        Tenant own = CurrentTenant.of(context);
        return own == null ? null : array(String.valueOf(own.id()));
    }

    /** The running request concerns the service as a whole. */
    public static void showAll() {
        say(ALL);
    }

    /** The running request, of an operator, is about something of another tenant. */
    public static void showAlso(Tenant tenant) {
        String own = of(Vertx.currentContext());
        if (own != null) {
            say(array(own.substring(1, own.length() - 1) + "," + tenant.id()));
        }
    }

    private static void say(String rows) {
        Context context = Vertx.currentContext();
        if (context != null && VertxContext.isDuplicatedContext(context)) {
            context.putLocal(KEY, rows);
        }
    }

    /** Does work that belongs to requests of several tenants, in a context of its own. The result arrives in that context. */
    public static <T> Uni<T> during(Collection<Tenant> tenants, Supplier<Uni<T>> work) {
        return apart(
                array(tenants.stream()
                        .map(tenant -> String.valueOf(tenant.id()))
                        .distinct()
                        .collect(Collectors.joining(","))),
                work);
    }

    /** Does work that no request waits for, and that may concern every tenant, in a context of its own. */
    public static <T> Uni<T> duringAll(Supplier<Uni<T>> work) {
        return apart(ALL, work);
    }

    private static <T> Uni<T> apart(String rows, Supplier<Uni<T>> work) {
        Context caller = Vertx.currentContext();
        if (caller == null) {
            return Uni.createFrom().deferred(work::get);
        }
        Context own = VertxContext.createNewDuplicatedContext(caller);
        own.putLocal(KEY, rows);
        return Uni.createFrom()
                .emitter(emitter -> own.runOnContext(ignored ->
                        Uni.createFrom().deferred(work::get).subscribe().with(emitter::complete, emitter::fail)));
    }

    private static String array(String numbers) {
        return "{" + numbers + "}";
    }
}
