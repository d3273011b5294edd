package dev.laurel.standings.postgres;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.util.OptionalInt;

/** Settings of the ranked store. */
@ConfigMapping(prefix = "laurel.standings")
public interface StandingsConfig {
    /** How often the current windows of all boards are checked in Redis. */
    @WithDefault("10s")
    String warmEvery();

    /**
     * Rankings sorted by PostgreSQL at once while Redis is unavailable; by default half the number of processors. More
     * would hardly be faster, and would delay loading the windows.
     */
    OptionalInt degradedReads();

    /** Rankings that may wait for that; beyond it a read is refused with 503. */
    @WithDefault("512")
    int degradedReadsWaiting();

    /** Rankings of closed windows read from PostgreSQL at once; most take a millisecond. */
    @WithDefault("4")
    int archivedReads();

    /** Rankings of closed windows that may wait for that; beyond it a read is refused with 503. */
    @WithDefault("512")
    int archivedReadsWaiting();
}
