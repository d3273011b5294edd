package dev.laurel.admin;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.util.Map;

/** When a cache is reported as less effective than it should be; nothing else depends on it. */
@ConfigMapping(prefix = "laurel.cache-health")
public interface CacheHealthConfig {
    /** The hit rate that is expected of a cache, from 0 to 1, by its name. */
    Map<String, Double> expectedHitRate();

    /** Lookups before which a hit rate says nothing. */
    @WithDefault("1000")
    long minLookups();
}
