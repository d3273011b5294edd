package dev.laurel.cache.registry;

import dev.laurel.shared.LaurelException.NotFound;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.Config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** All caches of this process, each of which registers itself when it is created. */
@ApplicationScoped
public class Caches {
    private final Map<String, ManagedCache> known = new ConcurrentSkipListMap<>();
    private final CacheSettings settings;
    private final MeterRegistry meters;

    /** What the lives of all values are shortened to; null for nothing. */
    private volatile Duration shortened;

    @Inject
    Caches(MeterRegistry meters, Config config) {
        this(meters, new CacheSettings(name -> config.getOptionalValue(name, String.class)));
    }

    private Caches(MeterRegistry meters, CacheSettings settings) {
        this.meters = meters;
        this.settings = settings;
    }

    /** A registry of its own, for caches outside the service. */
    public static Caches of(MeterRegistry meters) {
        return of(meters, Map.of());
    }

    /** The same with settings, by their full names. */
    static Caches of(MeterRegistry meters, Map<String, String> settings) {
        return new Caches(meters, new CacheSettings(name -> Optional.ofNullable(settings.get(name))));
    }

    /** Where caches register further meters. */
    public MeterRegistry meters() {
        return meters;
    }

    /** A kind of caches as it is set. */
    public CacheKind asSet(CacheKind kind) {
        return settings.applied(kind);
    }

    /** Whether a cache of this name keeps anything. */
    public boolean isEnabled(String name) {
        return settings.isEnabled(name);
    }

    public void add(ManagedCache cache) {
        known.put(cache.kind().name(), cache);
        new CacheMeters(meters, cache).register();
        cache.shorten(shortened);
    }

    /** Shortens the lives of all values from now on; null ends that. */
    public void shorten(Duration life) {
        shortened = life;
        known.values().forEach(cache -> cache.shorten(life));
    }

    /** Drops everything. Goes over all keys. */
    public void clear() {
        known.values().forEach(ManagedCache::clear);
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
