package dev.laurel.cache.registry;

import dev.laurel.platform.meters.Meters;
import dev.laurel.shared.LaurelException.NotFound;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;

/** All caches of this process, each of which registers itself when it is created. */
@ApplicationScoped
public class Caches {
    private static final String CACHE = "cache";

    private final Map<String, ManagedCache> known = new ConcurrentSkipListMap<>();
    private final MeterRegistry meters;

    Caches(MeterRegistry meters) {
        this.meters = meters;
    }

    /** A registry of its own, for caches outside the service. */
    public static Caches of(MeterRegistry meters) {
        return new Caches(meters);
    }

    /** Where caches register what Caffeine counts. */
    public MeterRegistry meters() {
        return meters;
    }

    public void add(ManagedCache cache) {
        String name = cache.kind().name();
        known.put(name, cache);
        Gauge.builder(Meters.CACHE_BYTES, cache, one -> one.figures().bytes())
                .tag(CACHE, name)
                .register(meters);
        FunctionTimer.builder(
                        Meters.CACHE_LOADS,
                        cache,
                        one -> one.figures().loads().done()
                                + one.figures().loads().failed(),
                        one -> one.figures().loads().time().toNanos(),
                        TimeUnit.NANOSECONDS)
                .tag(CACHE, name)
                .register(meters);
        FunctionCounter.builder(Meters.CACHE_LOADS_FAILED, cache, one -> one.figures()
                        .loads()
                        .failed())
                .tag(CACHE, name)
                .register(meters);
    }

    /** All of them, by their names. */
    public List<ManagedCache> all() {
        return List.copyOf(known.values());
    }

    /** @throws NotFound when there is none of that name */
    public ManagedCache get(String name) {
        return find(name)
                .orElseThrow(
                        () -> new NotFound("There is no such cache; there are: " + String.join(", ", known.keySet())));
    }

    public Optional<ManagedCache> find(String name) {
        return Optional.ofNullable(known.get(name));
    }
}
