package dev.laurel.admin;

import dev.laurel.cache.registry.CacheFigures;
import dev.laurel.cache.registry.Caches;
import dev.laurel.cache.registry.ManagedCache;
import dev.laurel.platform.async.OffLoop;
import dev.laurel.platform.meters.Meters;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import java.util.List;
import java.util.Map;

/** How well the caches of this process work, in a few figures. */
@ApplicationScoped
public class CacheHealth {
    private final Caches caches;
    private final Map<String, Double> expected;
    private final long minLookups;

    CacheHealth(Caches caches, CacheHealthConfig config) {
        this.caches = caches;
        this.expected = Map.copyOf(config.expectedHitRate());
        this.minLookups = config.minLookups();
    }

    /** What is expected is a meter, so that one alert compares each cache with its own setting. */
    void publish(@Observes StartupEvent event, MeterRegistry meters) {
        expected.forEach((name, rate) -> Gauge.builder(Meters.CACHE_EXPECTED, () -> rate)
                .tag("cache", name)
                .register(meters));
    }

    /** The figures since the process began. */
    public Uni<Report> now() {
        // A cache that is counted exactly is cleaned up before.
        return OffLoop.always(() -> Report.of(caches.all().stream()
                .map(ManagedCache::figures)
                .map(this::state)
                .toList()));
    }

    private State state(CacheFigures figures) {
        String name = figures.kind().name();
        long lookups = figures.lookups().hits() + figures.lookups().misses();
        Double rate = figures.lookups().hitRate();
        Double wanted = expected.get(name);
        boolean below = wanted != null && rate != null && lookups >= minLookups && rate < wanted;
        return new State(name, figures.entries(), figures.bytes(), figures.lookups(), below);
    }

    /**
     * One cache.
     *
     * @param below whether its hit rate is lower than the one expected of it, after enough lookups to tell
     */
    public record State(String name, long entries, long bytes, CacheFigures.Lookups lookups, boolean below) {}

    /**
     * All caches.
     *
     * @param lookups of all of them together
     */
    public record Report(List<State> caches, long entries, long bytes, CacheFigures.Lookups lookups) {
        static Report of(List<State> caches) {
            return new Report(
                    caches,
                    caches.stream().mapToLong(State::entries).sum(),
                    caches.stream().mapToLong(State::bytes).sum(),
                    new CacheFigures.Lookups(
                            caches.stream()
                                    .mapToLong(one -> one.lookups().hits())
                                    .sum(),
                            caches.stream()
                                    .mapToLong(one -> one.lookups().misses())
                                    .sum()));
        }

        /** The names of those whose hit rate is lower than expected. */
        public List<String> below() {
            return caches.stream().filter(State::below).map(State::name).toList();
        }
    }
}
