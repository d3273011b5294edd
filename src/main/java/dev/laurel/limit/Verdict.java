package dev.laurel.limit;

import java.util.concurrent.TimeUnit;

/**
 * Whether a request may be made.
 *
 * @param allowed whether it may
 * @param left how many more may be made now
 * @param wholeMicros how long until all permits are back
 * @param waitMicros how long until the next request may be made; 0 when this one may
 */
public record Verdict(boolean allowed, long left, long wholeMicros, long waitMicros) {
    private static final long MICROS_A_SECOND = TimeUnit.SECONDS.toMicros(1);

    /** Seconds after which to try again, at least one. */
    public long retryAfter() {
        return Math.max(1, ceil(waitMicros));
    }

    /** As the header {@code RateLimit} states it. */
    public String header(Limit limit) {
        return "\"" + limit.kind().text() + "\";r=" + left + ";t=" + ceil(wholeMicros);
    }

    private static long ceil(long micros) {
        return (micros + MICROS_A_SECOND - 1) / MICROS_A_SECOND;
    }
}
