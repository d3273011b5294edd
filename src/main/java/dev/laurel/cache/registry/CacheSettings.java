package dev.laurel.cache.registry;

import io.quarkus.runtime.configuration.DurationConverter;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * Settings that each cache has under its name: {@code laurel.cache.<name>.enabled} and {@code laurel.cache.<name>.ttl}.
 * They are looked up by their full names, so that environment variables work although names contain hyphens.
 *
 * @param texts returns the text of a setting, empty when it is not set
 */
record CacheSettings(Function<String, Optional<String>> texts) {
    private static final String PREFIX = "laurel.cache.";

    boolean isEnabled(String cache) {
        return texts.apply(PREFIX + cache + ".enabled")
                .map(text -> !text.equalsIgnoreCase("false"))
                .orElse(true);
    }

    /**
     * The kind of a cache with the life that is set for it.
     *
     * @throws IllegalArgumentException when that is no life
     */
    CacheKind applied(CacheKind kind) {
        String name = PREFIX + kind.name() + ".ttl";
        Optional<Duration> ttl = texts.apply(name).map(DurationConverter::parseDuration);
        if (ttl.isPresent() && (ttl.get().isNegative() || ttl.get().isZero())) {
            throw new IllegalArgumentException(
                    name + " must be positive; to keep nothing, set " + PREFIX + kind.name() + ".enabled=false");
        }
        return ttl.map(kind::livingFor).orElse(kind);
    }
}
