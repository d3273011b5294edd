package dev.laurel.analytics.rollup;

import dev.laurel.shared.Activity.Outcome;
import io.vertx.mutiny.sqlclient.Row;

/**
 * How attempts ended.
 *
 * @param attempts events with an outcome
 * @param durationMs of all events that have a duration, attempts or not
 */
public record Outcomes(long attempts, long completed, long partial, long durationMs) {
    public static final Outcomes NONE = new Outcomes(0, 0, 0, 0);

    /** From four columns in this order. */
    static Outcomes of(Row row, int first) {
        return new Outcomes(row.getLong(first), row.getLong(first + 1), row.getLong(first + 2), row.getLong(first + 3));
    }

    public long failed() {
        return attempts - completed - partial;
    }

    /** Number of attempts that ended like this. */
    public long of(Outcome outcome) {
        return switch (outcome) {
            case COMPLETED -> completed;
            case FAILED -> failed();
            case PARTIAL -> partial;
        };
    }
}
