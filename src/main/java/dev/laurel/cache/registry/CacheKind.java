package dev.laurel.cache.registry;

import dev.laurel.cache.registry.KeyFilter.Criterion;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * What is known of a cache beforehand.
 *
 * @param name in lower case with hyphens; in the settings, and in the metrics, as {@code cache_gets_total{cache="name"}}
 * @param timeToLive counted from when a value was loaded; null when values leave by least recent use alone
 * @param unitBytes what a value takes in memory, typically, or a unit of its weight in a cache that weighs values
 * @param origin where what is missing is loaded from
 * @param filters by what some of its values can be dropped; its keys are {@link CacheKey}s unless empty
 */
public record CacheKind(String name, Duration timeToLive, int unitBytes, Origin origin, Set<Criterion> filters) {
    public CacheKind {
        filters = Set.copyOf(filters);
    }

    /** A cache of what PostgreSQL has; it can only be dropped as a whole. */
    public static CacheKind of(String name, Duration timeToLive, int unitBytes) {
        return new CacheKind(name, timeToLive, unitBytes, Origin.POSTGRES, Set.of());
    }

    /** The same, of what Redis has, as long as it is available. */
    public CacheKind ofRankings() {
        return new CacheKind(name, timeToLive, unitBytes, Origin.RANKINGS, filters);
    }

    /** The same with another time to live. */
    CacheKind livingFor(Duration other) {
        return new CacheKind(name, other, unitBytes, origin, filters);
    }

    /** The same, for a cache whose keys have addresses. */
    public CacheKind addressed() {
        return with(Criterion.PREFIX);
    }

    /** The same, for a cache whose keys tell the player whom a value is about. */
    public CacheKind byPlayer() {
        return with(Criterion.PLAYER);
    }

    /** The same, for a cache whose keys tell the group that a value is about. */
    public CacheKind byGroup() {
        return with(Criterion.GROUP);
    }

    private CacheKind with(Criterion field) {
        Set<Criterion> more = EnumSet.of(Criterion.PREFIX, field);
        more.addAll(filters);
        return new CacheKind(name, timeToLive, unitBytes, origin, more);
    }

    /** Where what is missing is loaded from. */
    public enum Origin {
        POSTGRES,
        /** Redis, and PostgreSQL when Redis lacks it. */
        RANKINGS
    }
}
