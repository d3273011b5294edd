package dev.laurel.platform;

/** The names of all meters of the service. Tags are bounded: never a player, never a board. */
public final class Meters {
    /** Timer of requests to Redis, by script. */
    public static final String REDIS_CALLS = "laurel.redis.calls";

    /** Gauge: connections to Redis that are ready. */
    public static final String REDIS_READY = "laurel.redis.connections.ready";

    /** Counter of connections lost, refused or given up for being silent. */
    public static final String REDIS_LOST = "laurel.redis.connections.lost";

    /** Counter of score events by outcome. */
    public static final String EVENTS = "laurel.score.events";

    /** Gauge: events waiting in the lanes. */
    public static final String WAITING = "laurel.score.waiting";

    /** Distribution of events per transaction. */
    public static final String BATCH_SIZE = "laurel.score.batch.size";

    /** Counter of ranking reads by the source that answered. */
    public static final String READS = "laurel.ranking.reads";

    /** Timer of rebuilds of a window in Redis. */
    public static final String REBUILDS = "laurel.standings.rebuilds";

    /** Counter of standings that were committed but could not be carried to Redis at once. */
    public static final String UNAPPLIED = "laurel.standings.unapplied";

    /** Counter of standings that a crash had kept from Redis, found and carried there. */
    public static final String REPAIRED = "laurel.standings.repaired";

    /** Counter of windows closed, by what closed them. */
    public static final String WINDOWS_CLOSED = "laurel.archive.windows.closed";

    private Meters() {}
}
