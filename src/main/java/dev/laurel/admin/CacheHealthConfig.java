package dev.laurel.admin;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.util.Map;

/** When a cache is worth less than it should be. It is told, and changes nothing. */
@ConfigMapping(prefix = "laurel.cache-health")
public interface CacheHealthConfig {
    /** The hit rate that is expected of a cache, from 0 to 1, by its name. */
    Map<String, Double> expectedHitRate();

    /** Lookups before which a hit rate says nothing. */
    @WithDefault("1000")
    long minLookups();
}
