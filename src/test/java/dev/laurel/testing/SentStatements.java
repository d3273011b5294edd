package dev.laurel.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.platform.meters.Meters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * How often the service turns to a store for one request: to PostgreSQL, where each statement on its own takes a connection of
 * the pool, or to Redis, where each script is a call.
 */
public final class SentStatements {
    /** Jobs send statements, too; most requests are met by none. */
    private static final int TRIES = 40;

    /** Followers that catch up with other tests send statements all the time, until they have. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final MeterRegistry meters;
    private final Predicate<Meter.Id> counted;

    /** To PostgreSQL. */
    public SentStatements(MeterRegistry meters) {
        this(meters, SentStatements::isOfPool);
    }

    private SentStatements(MeterRegistry meters, Predicate<Meter.Id> counted) {
        this.meters = meters;
        this.counted = counted;
    }

    /** To Redis. */
    public static SentStatements toRedis(MeterRegistry meters) {
        return new SentStatements(meters, id -> id.getName().equals(Meters.REDIS_CALLS));
    }

    /**
     * The number for more than half of many requests: that of the request itself. A service that has just started takes so long
     * for each that jobs meet most of them; then there is another round, until it is quiet.
     */
    public long of(Runnable request) {
        return await().pollInSameThread()
                .pollDelay(Duration.ZERO)
                .atMost(PATIENCE)
                .until(() -> mostFrequent(request), most -> most.getValue() > TRIES / 2)
                .getKey();
    }

    /**
     * As {@link #of}, for a request that writes. Such a request wakes followers, and on a slow machine most counts include what they
     * send. They only add to it: the smallest number that a quarter of many requests show is that of the request itself.
     */
    public long ofWrite(Runnable request) {
        return counts(request).entrySet().stream()
                .filter(count -> count.getValue() >= TRIES / 4)
                .mapToLong(Map.Entry::getKey)
                .min()
                .orElseGet(() -> of(request));
    }

    private Map.Entry<Long, Integer> mostFrequent(Runnable request) {
        return counts(request).entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow();
    }

    /** How many requests took how many. */
    private Map<Long, Integer> counts(Runnable request) {
        Map<Long, Integer> found = new HashMap<>();
        for (int i = 0; i < TRIES; i++) {
            double before = taken();
            request.run();
            found.merge(Math.round(taken() - before), 1, Integer::sum);
        }
        return found;
    }

    private double taken() {
        List<Meter> found = meters.getMeters().stream()
                .filter(meter -> counted.test(meter.getId()))
                .filter(meter -> meter instanceof Counter || meter instanceof Timer)
                .toList();
        assertThat(found).as("counts of the store").isNotEmpty();
        return found.stream()
                .mapToDouble(meter -> meter instanceof Counter counter ? counter.count() : ((Timer) meter).count())
                .sum();
    }

    private static boolean isOfPool(Meter.Id id) {
        return "sql".equals(id.getTag("pool.type")) && id.getName().endsWith("completed");
    }
}
