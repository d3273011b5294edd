package dev.laurel.platform.meters;

import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.common.vertx.VertxContext;

/**
 * The checkpoints of one request, for the {@code Server-Timing} header. They are stored in the request's own Vert.x
 * context, so nothing needs to be passed through; outside a request they are dropped.
 */
public final class ServerTiming {
    private static final String KEY = "laurel.server-timing";

    /**
     * Maximum characters for the steps; a request with many omits the rest, because clients bound the size of headers.
     */
    private static final int MAX_LENGTH = 1_024;

    private ServerTiming() {}

    /** Records the duration of a step, from a reading of {@link System#nanoTime()} until now. */
    public static void record(String step, long sinceNanos) {
        if (!VertxContext.isOnDuplicatedContext()) {
            return;
        }
        StringBuilder steps = ContextLocals.<StringBuilder>get(KEY).orElse(null);
        if (steps != null && steps.length() > MAX_LENGTH) {
            return;
        }
        if (steps == null) {
            steps = new StringBuilder(48);
            ContextLocals.put(KEY, steps);
        } else {
            steps.append(", ");
        }
        appendStep(steps, step, System.nanoTime() - sinceNanos);
    }

    /** The header: all steps so far, and the whole request. */
    public static String header(long requestSinceNanos) {
        StringBuilder header = new StringBuilder(64);
        if (VertxContext.isOnDuplicatedContext()) {
            ContextLocals.<StringBuilder>get(KEY)
                    .ifPresent(steps -> header.append(steps).append(", "));
        }
        appendStep(header, "total", System.nanoTime() - requestSinceNanos);
        return header.toString();
    }

    /** Milliseconds with three decimals, written without a formatter, since every response has them. */
    private static void appendStep(StringBuilder out, String step, long nanos) {
        long micros = nanos / 1_000;
        out.append(step).append(";dur=").append(micros / 1_000).append('.');
        long rest = micros % 1_000;
        if (rest < 100) {
            out.append('0');
        }
        if (rest < 10) {
            out.append('0');
        }
        out.append(rest);
    }
}
