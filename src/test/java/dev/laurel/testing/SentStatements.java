package dev.laurel.testing;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** How many statements the service sends to PostgreSQL for one request. */
public final class SentStatements {
    /** Jobs send statements, too; most requests are met by none. */
    private static final int TRIES = 40;

    private final MeterRegistry meters;

    public SentStatements(MeterRegistry meters) {
        this.meters = meters;
    }

    /** The fewest that were sent during any of many requests: those of the request itself. */
    public long of(Runnable request) {
        long fewest = Long.MAX_VALUE;
        for (int i = 0; i < TRIES; i++) {
            double before = completed();
            request.run();
            fewest = Math.min(fewest, Math.round(completed() - before));
        }
        return fewest;
    }

    private double completed() {
        return meters.find("sql.completed").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }
}
