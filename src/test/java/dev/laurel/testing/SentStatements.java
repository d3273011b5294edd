package dev.laurel.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How often the service turns to PostgreSQL for one request: each statement on its own takes a connection of the pool. */
public final class SentStatements {
    /** Jobs send statements, too; most requests are met by none. */
    private static final int TRIES = 40;

    private final MeterRegistry meters;

    public SentStatements(MeterRegistry meters) {
        this.meters = meters;
    }

    /** The number for most of many requests: that of the request itself. */
    public long of(Runnable request) {
        Map<Long, Integer> found = new HashMap<>();
        for (int i = 0; i < TRIES; i++) {
            double before = taken();
            request.run();
            found.merge(Math.round(taken() - before), 1, Integer::sum);
        }
        return found.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
    }

    private double taken() {
        List<Counter> counters = meters.getMeters().stream()
                .filter(meter -> isOfPool(meter.getId()))
                .filter(Counter.class::isInstance)
                .map(Counter.class::cast)
                .toList();
        assertThat(counters).as("counters of the pool").isNotEmpty();
        return counters.stream().mapToDouble(Counter::count).sum();
    }

    private static boolean isOfPool(Meter.Id id) {
        return "sql".equals(id.getTag("pool.type")) && id.getName().endsWith("completed");
    }
}
