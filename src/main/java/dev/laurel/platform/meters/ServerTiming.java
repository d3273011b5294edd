package dev.laurel.platform.meters;

import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;

import java.util.List;

/**
 * The checkpoints of the present request, for the {@code Server-Timing} header. They are stored in the request's own Vert.x
 * context, so nothing needs to be passed through; outside a request they are dropped.
 */
public final class ServerTiming {
    private static final String KEY = "laurel.server-timing";

    private ServerTiming() {}

    /** Records the duration of a step, from a reading of {@link System#nanoTime()} until now. */
    public static void record(String step, long sinceNanos) {
        add(step, System.nanoTime() - sinceNanos);
    }

    /** The same work; what it takes is recorded as a step that clients do not see. */
    public static <T> Uni<T> noted(String step, Uni<T> work) {
        return measured(step, work, false);
    }

    /** The same work; what it takes is recorded as a step. */
    public static <T> Uni<T> measured(String step, Uni<T> work) {
        return measured(step, work, true);
    }

    private static <T> Uni<T> measured(String step, Uni<T> work, boolean isPublic) {
        return Uni.createFrom().deferred(() -> {
            long started = System.nanoTime();
            return work.onItemOrFailure().invoke((item, failure) -> add(step, System.nanoTime() - started, isPublic));
        });
    }

    /**
     * The same work; what it takes is recorded as the step {@code cache}, in which other steps may lie. Works within this one, or at
     * the same time, count once. Clients do not see it: that something is no longer cached would tell of events on a frozen board.
     */
    public static <T> Uni<T> cached(Uni<T> work) {
        return Uni.createFrom().deferred(() -> {
            Checkpoints checkpoints = present();
            if (checkpoints == null) {
                return work;
            }
            checkpoints.begin();
            return work.onTermination().invoke(() -> checkpoints.end("cache"));
        });
    }

    /** Records the duration of a step that has been measured elsewhere. */
    public static void add(String step, long nanos) {
        add(step, nanos, true);
    }

    private static void add(String step, long nanos, boolean isPublic) {
        Checkpoints checkpoints = present();
        if (checkpoints != null) {
            checkpoints.add(step, nanos, isPublic);
        }
    }

    /** Those of the present request; null outside a request. */
    private static Checkpoints present() {
        if (!VertxContext.isOnDuplicatedContext()) {
            return null;
        }
        Checkpoints checkpoints = ContextLocals.<Checkpoints>get(KEY).orElse(null);
        if (checkpoints == null) {
            checkpoints = new Checkpoints();
            ContextLocals.put(KEY, checkpoints);
        }
        return checkpoints;
    }

    /** The steps so far that took some time and more, including those that clients do not see. */
    public static List<Step> steps(long shortestNanos) {
        return VertxContext.isOnDuplicatedContext()
                ? ContextLocals.<Checkpoints>get(KEY)
                        .map(checkpoints -> checkpoints.steps(shortestNanos))
                        .orElse(List.of())
                : List.of();
    }

    /**
     * The header: the public steps so far, and the whole request.
     *
     * @param nanos of the whole request
     * @param shortestNanos shorter steps are left out
     */
    public static String header(long nanos, long shortestNanos) {
        StringBuilder header = new StringBuilder(64);
        if (VertxContext.isOnDuplicatedContext()) {
            ContextLocals.<Checkpoints>get(KEY).ifPresent(checkpoints -> checkpoints.write(header, shortestNanos));
        }
        new Step("total", nanos, true).write(header);
        return header.toString();
    }
}
