package dev.laurel.platform.meters;

/** The names of all meters of the service. Tags are bounded: never a player, never a board. */
public final class Meters {
    /**
     * Counter of requests, from which the objectives are computed. Tags: kind, which is read, submission or other; class by
     * how long they took, which is fast, ok, slow or very_slow; and failed, whether with 5xx.
     */
    public static final String REQUESTS = "laurel.http.requests";

    /**
     * Counter of requests beyond a limit. Tags: requests, which is reads, writes or imports; client, which is address, key or
     * player.
     */
    public static final String LIMITS_REFUSED = "laurel.limits.refused";

    /** Counter of permits that Redis could not be asked for, so that this process decided by its share. */
    public static final String LIMITS_ALONE = "laurel.limits.alone";

    /** Counter of lines of the access log that were dropped, because those before them could not be written fast enough. */
    public static final String ACCESS_LOG_DROPPED = "laurel.http.access.log.dropped";

    /** Counter of steps that improved the database, by action and by what became of them. Tags: action, state. */
    public static final String OPTIMIZER_STEPS = "laurel.database.optimizer.steps";

    /** Timer of backups that this process has made, or failed to make. Tag: outcome, which is complete or failed. */
    public static final String BACKUPS = "laurel.backup.runs";

    /** Gauge: age of the newest complete backup in seconds; NaN when there is none. */
    public static final String BACKUP_AGE = "laurel.backup.age";

    /** Gauge: size of the newest complete backup in bytes; NaN when there is none. */
    public static final String BACKUP_BYTES = "laurel.backup.bytes";

    /** Counter of faults of the service, by kind: those of requests answered with 500, and those of jobs. */
    public static final String FAULTS = "laurel.faults";

    /** Counter of faults that were not reported, because too many happened at once. */
    public static final String FAULTS_DROPPED = "laurel.faults.dropped";

    /** Timer of the runs of scheduled jobs. Tags: task, and outcome, which is success or failure. */
    public static final String JOBS = "laurel.jobs";

    /** Gauge: 1 when the latest probe found a store available, 0 when not, NaN without a probe in the last minute. Tag: store. */
    public static final String STORE_UP = "laurel.store.up";

    /** Gauge: size of the database, and memory used by Redis, as of the latest probe. Tag: store. */
    public static final String STORE_BYTES = "laurel.store.bytes";

    /** Timer of requests to Redis, by script. */
    public static final String REDIS_CALLS = "laurel.redis.calls";

    /** Counter of questions about players: those of one turn of an event loop are one call to Redis. */
    public static final String REDIS_QUESTIONS = "laurel.redis.questions";

    /** Gauge: connections to Redis that are ready. */
    public static final String REDIS_READY = "laurel.redis.connections.ready";

    /** Counter of connections lost, refused or dropped for being silent. */
    public static final String REDIS_LOST = "laurel.redis.connections.lost";

    /** Counter of notices of changes between processes, by direction: sent and received. */
    public static final String CACHE_NOTICES = "laurel.cache.notices";

    /** Gauge: estimated bytes that a cache of this process holds, by cache. */
    public static final String CACHE_BYTES = "laurel.cache.bytes";

    /** Counter of lookups, by cache and result: hit and miss. The name is Micrometer's for caches. */
    public static final String CACHE_GETS = "cache.gets";

    /** Counter of values that left because of the bound or their age, by cache. */
    public static final String CACHE_EVICTIONS = "cache.evictions";

    /** Gauge: values that a cache of this process holds, by cache. */
    public static final String CACHE_SIZE = "cache.size";

    /** Counter of values missing in this process and found in the shared level, by cache. */
    public static final String CACHE_SHARED_HITS = "laurel.cache.shared.hits";

    /** Gauge: bytes that all caches of this process may take together. */
    public static final String CACHE_MAX_BYTES = "laurel.cache.max.bytes";

    /** Gauge: age of the oldest value that a cache of this process holds, in seconds, by cache. */
    public static final String CACHE_OLDEST = "laurel.cache.oldest";

    /** Gauge: the hit rate expected of a cache by the settings, from 0 to 1, by cache. */
    public static final String CACHE_EXPECTED = "laurel.cache.expected.hit.rate";

    /** Timer of loads of missing values, by cache. */
    public static final String CACHE_LOADS = "laurel.cache.loads";

    /** Counter of those that failed, by cache. */
    public static final String CACHE_LOADS_FAILED = "laurel.cache.loads.failed";

    /** Counter of values that operators have dropped from caches of this process, here or at another one. */
    public static final String CACHE_DROPPED = "laurel.cache.dropped";

    /** Counter of what was read of that which can be loaded before it is read, by kind. */
    public static final String WARMING_VIEWS = "laurel.warming.views";

    /** Counter of values that were loaded before they were read, by kind. */
    public static final String WARMING_LOADED = "laurel.warming.loaded";

    /** Counter of those of them that were then read while they were kept, by kind. */
    public static final String WARMING_USED = "laurel.warming.used";

    /** Counter of reads of these, by kind. */
    public static final String WARMING_HITS = "laurel.warming.hits";

    /** Timer of runs that load what is wanted soon, by what they were begun for. */
    public static final String WARMING_RUNS = "laurel.warming.runs";

    /** Counter of score events by outcome. */
    public static final String EVENTS = "laurel.score.events";

    /** Gauge: events waiting in the lanes. */
    public static final String WAITING = "laurel.score.waiting";

    /** Distribution of events per transaction. */
    public static final String BATCH_SIZE = "laurel.score.batch.size";

    /** Gauge: imports that this process works on. */
    public static final String IMPORTS_RUNNING = "laurel.imports.running";

    /** Counter of imports that have ended, by their state. */
    public static final String IMPORTS = "laurel.imports.ended";

    /** Counter of rows of imports by outcome, those of tests included. */
    public static final String IMPORT_ROWS = "laurel.imports.rows";

    /** Counter of ranking reads by the source that answered. */
    public static final String READS = "laurel.ranking.reads";

    /** Timer of successful rebuilds of a window in Redis. */
    public static final String REBUILDS = "laurel.standings.rebuilds";

    /** Counter of failed rebuilds: a store was unavailable, or the window was cleared meanwhile. */
    public static final String REBUILDS_FAILED = "laurel.standings.rebuilds.failed";

    /** Counter of standings loaded by rebuilds. */
    public static final String REBUILT_ROWS = "laurel.standings.rebuilds.rows";

    /** Counter of times a window was marked as stale: Redis may lack something of it. */
    public static final String WINDOWS_MARKED_STALE = "laurel.standings.stale.windows.marked";

    /** Gauge: windows that this process does not read from Redis until they are loaded again. */
    public static final String STALE_WINDOWS = "laurel.standings.stale.windows";

    /** Counter of processes that ended without signing off, and whose last events have been checked. */
    public static final String CRASHES = "laurel.standings.crashes";

    /** Counter of standings that were committed but could not be written to Redis at once. */
    public static final String UNAPPLIED = "laurel.standings.unapplied";

    /** Counter of standings that were missing from Redis after a crash, found and written there. */
    public static final String REPAIRED = "laurel.standings.repaired";

    /** Counter of standings compared between the two stores. */
    public static final String AUDIT_COMPARED = "laurel.audit.rows.compared";

    /** Counter of standings that were different in Redis. */
    public static final String AUDIT_DIFFERENT = "laurel.audit.rows.different";

    /** Counter of those that have been repaired. */
    public static final String AUDIT_REPAIRED = "laurel.audit.rows.repaired";

    /** Gauge: seconds since the oldest unrepaired difference was found; 0 when there is none. */
    public static final String AUDIT_OLDEST = "laurel.audit.oldest.difference";

    /** Gauge: seconds since the last comparison of a window ended, in any process; NaN before the first. */
    public static final String AUDIT_LAST = "laurel.audit.last";

    /** Counter of times that a window was left alone, since nothing had changed in it. */
    public static final String AUDIT_RESTED = "laurel.audit.windows.rested";

    /** Counter of complete comparisons of a window. */
    public static final String AUDIT_WALKED = "laurel.audit.windows.compared";

    /**
     * Gauge: seconds since the window that waits longest for it was last compared completely, in any process; NaN before the
     * first.
     */
    public static final String AUDIT_WALK = "laurel.audit.oldest.complete";

    /** Counter of windows closed, by what closed them. */
    public static final String WINDOWS_CLOSED = "laurel.archive.windows.closed";

    /** Counter of snapshots of frozen boards that this process has taken. */
    public static final String SNAPSHOTS = "laurel.freeze.snapshots";

    /** Gauge: bytes of request bodies that are arriving or worked on; small ones are not counted. */
    public static final String BODIES = "laurel.http.bodies.bytes";

    /** Gauge: open connections of clients. */
    public static final String CONNECTIONS = "laurel.http.connections";

    /** Gauge: open connections at most, on each port. */
    public static final String CONNECTIONS_MAX = "laurel.http.connections.max";

    /** Counter of connections that were not accepted. Tags: reason, which is total or address. */
    public static final String CONNECTIONS_REFUSED = "laurel.http.connections.refused";

    /** Counter of connections that were closed as their clients took too long. Tags: reason, which is head, body, read, idle or answer. */
    public static final String CONNECTIONS_DROPPED = "laurel.http.connections.dropped";

    /** Gauge: rankings being exported. */
    public static final String EXPORTS = "laurel.exports.running";

    /** Gauge: items that a follower has not processed, over all processes; up to 10,000 in each of 16 shards. */
    public static final String FEED_LAG_ITEMS = "laurel.feed.lag.items";

    /** Gauge: seconds since the oldest of these; 0 when there is none. */
    public static final String FEED_LAG_SECONDS = "laurel.feed.lag.seconds";

    /** Gauge: items put aside for a follower, over all processes. */
    public static final String FEED_ASIDE = "laurel.feed.aside";

    /** Timer from the acceptance of an item to the end of its follower's work, in this process. */
    public static final String FEED_DELAY = "laurel.feed.delay";

    /** Counter of batches that a follower failed to process. */
    public static final String FEED_FAILURES = "laurel.feed.failures";

    /** Gauge: events held for review that wait for a decision, on all boards; counted every 15 seconds. */
    public static final String HELD_PENDING = "laurel.held.pending";

    /** Counter of decisions on held events in this process, by decision. */
    public static final String HELD_DECISIONS = "laurel.held.decisions";

    /** Counter of awards of achievements, by whether they were given or moved, or taken back. Tag: change. */
    public static final String AWARDS = "laurel.achievement.awards";

    /** Gauge: API keys that this process knows without looking into PostgreSQL. */
    public static final String KEYS_CACHED = "laurel.access.keys.cached";

    /** Counter of requests that were refused because of who sent them. Tag: reason. */
    public static final String ACCESS_REFUSED = "laurel.access.refused";

    /** Counter of requests to operations, where there are several tenants. Tag: tenant, of which 100 are told apart. */
    public static final String TENANT_REQUESTS = "laurel.tenants.requests";

    /** Counter of submissions beyond the events that a tenant may submit. */
    public static final String TENANT_EVENTS_REFUSED = "laurel.tenants.events.refused";

    /** Counter of requests of tenants that held their share of places. Tags: places, which are uploads, imports, exports, batches or watchers. */
    public static final String TENANT_SHARE_REFUSED = "laurel.tenants.share.refused";

    private Meters() {}
}
