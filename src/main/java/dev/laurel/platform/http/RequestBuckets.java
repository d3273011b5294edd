package dev.laurel.platform.http;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import jakarta.inject.Singleton;

import java.time.Duration;
import java.util.stream.DoubleStream;

/**
 * Histogram buckets for request times, few enough to be kept for every operation, so that percentiles can be computed
 * over all replicas. {@link Edge} decides which labels exist.
 */
@Singleton
class RequestBuckets implements MeterFilter {
    private static final String METER = "http.server.requests";
    private static final double NANOS_A_MILLI = Duration.ofMillis(1).toNanos();
    private static final DistributionStatisticConfig BUCKETS = DistributionStatisticConfig.builder()
            .serviceLevelObjectives(DoubleStream.of(1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000)
                    .map(milliseconds -> milliseconds * NANOS_A_MILLI)
                    .toArray())
            .build();

    @Override
    public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
        return METER.equals(id.getName()) ? BUCKETS.merge(config) : config;
    }
}
