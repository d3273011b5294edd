package dev.laurel.standings;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of the ranked store. */
@ConfigMapping(prefix = "laurel.standings")
public interface StandingsConfig {
    /** How often the current windows of all boards are looked after in Redis. */
    @WithDefault("10s")
    String warmEvery();

    /** Rankings sorted by PostgreSQL at once while Redis is away; writes keep the other connections of the pool. */
    @WithDefault("6")
    int degradedReads();

    /** Rankings that may wait for that; over it a read is refused with 503. */
    @WithDefault("512")
    int degradedReadsWaiting();

    /** Rankings of closed windows read from PostgreSQL at once; most take a millisecond. */
    @WithDefault("4")
    int archivedReads();

    /** Rankings of closed windows that may wait for that; over it a read is refused with 503. */
    @WithDefault("512")
    int archivedReadsWaiting();
}
