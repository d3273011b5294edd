package dev.laurel.standings.postgres;

import dev.laurel.platform.async.Bulkhead;

/**
 * How many rankings PostgreSQL computes at once.
 *
 * @param sorted of boards, while Redis cannot serve them
 * @param ofGroups rankings and statistics of groups; asked for while Redis is well, too, and must not hold up the others
 * @param ofTiers tiers of boards; they read all standings by several metrics
 * @param ofDays past rolling windows, which must not hold up reads that Redis cannot serve, either
 */
record ComputedBounds(Bulkhead sorted, Bulkhead ofGroups, Bulkhead ofTiers, Bulkhead ofDays) {
    static final String BUSY = "Redis is unavailable, and PostgreSQL is sorting as many rankings as it can";

    private static final int MAX_OF_DAYS = 1;

    ComputedBounds(StandingsConfig config) {
        // While PostgreSQL sorts, the windows it sorts for are not being loaded: loads get at least as much of the
        // time.
        this(
                Bulkhead.resting(concurrent(config), config.degradedReadsWaiting(), BUSY, 1),
                new Bulkhead(
                        concurrent(config),
                        config.degradedReadsWaiting(),
                        "PostgreSQL has as many rankings and statistics of groups to compute as it can take"),
                new Bulkhead(
                        concurrent(config),
                        config.degradedReadsWaiting(),
                        "PostgreSQL has as many tiers to compute as it can take"),
                new Bulkhead(
                        MAX_OF_DAYS,
                        config.degradedReadsWaiting(),
                        "PostgreSQL has as many days to put together as it can take"));
    }

    private static int concurrent(StandingsConfig config) {
        return config.degradedReads().orElse(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    }
}
