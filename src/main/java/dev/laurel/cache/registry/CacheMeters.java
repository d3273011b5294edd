package dev.laurel.cache.registry;

import dev.laurel.cache.registry.CacheFigures.Lookups;
import dev.laurel.platform.meters.Meters;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** The meters of one cache; those of lookups have the names that Micrometer gives to the figures of caches. */
record CacheMeters(MeterRegistry meters, ManagedCache cache) {
    private static final String CACHE = "cache";
    private static final String RESULT = "result";

    void register() {
        lookups("hit", Lookups::hits);
        lookups("miss", Lookups::misses);
        count(Meters.CACHE_SHARED_HITS, one -> one.lookups().shared());
        count(Meters.CACHE_EVICTIONS, one -> one.figures().evictions());
        gauge(Meters.CACHE_SIZE, one -> one.figures().content().entries());
        gauge(Meters.CACHE_BYTES, one -> one.figures().content().bytes());
        TimeGauge.builder(Meters.CACHE_OLDEST, cache, TimeUnit.SECONDS, CacheMeters::oldest)
                .tag(CACHE, name())
                .register(meters);
        loads();
    }

    private String name() {
        return cache.kind().name();
    }

    private void lookups(String result, ToDoubleFunction<Lookups> number) {
        FunctionCounter.builder(Meters.CACHE_GETS, cache, one -> number.applyAsDouble(one.lookups()))
                .tag(CACHE, name())
                .tag(RESULT, result)
                .register(meters);
    }

    private void count(String meter, ToDoubleFunction<ManagedCache> number) {
        FunctionCounter.builder(meter, cache, number).tag(CACHE, name()).register(meters);
    }

    private void gauge(String meter, ToDoubleFunction<ManagedCache> number) {
        Gauge.builder(meter, cache, number).tag(CACHE, name()).register(meters);
    }

    private static double oldest(ManagedCache cache) {
        Duration age = cache.figures().content().oldest();
        return age == null ? 0 : age.toMillis() / 1_000.0;
    }

    private void loads() {
        FunctionTimer.builder(
                        Meters.CACHE_LOADS,
                        cache,
                        one -> one.figures().loads().done()
                                + one.figures().loads().failed(),
                        one -> one.figures().loads().time().toNanos(),
                        TimeUnit.NANOSECONDS)
                .tag(CACHE, name())
                .register(meters);
        count(Meters.CACHE_LOADS_FAILED, one -> one.figures().loads().failed());
    }
}
