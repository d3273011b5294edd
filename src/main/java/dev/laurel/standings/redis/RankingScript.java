package dev.laurel.standings.redis;

import dev.laurel.platform.redis.RedisScript;

/**
 * A script that reads a ranking, alone or with the standings of the players in its answer by all metrics.
 *
 * @param withRows null for one that answers no players
 * @param first where in its answer the first member is, from 1
 * @param step how far it is to the next one
 */
record RankingScript(RedisScript plain, RedisScript withRows, int first, int step) {
    private static final String WINDOW = "standings/window";

    static RankingScript of(String name) {
        return new RankingScript(RedisScript.load(WINDOW, name), null, 0, 0);
    }

    static RankingScript of(String name, int first, int step) {
        return new RankingScript(
                RedisScript.load(WINDOW, name),
                RedisScript.enclosed(WINDOW, "standings/rows_begin", name, "standings/rows_end"),
                first,
                step);
    }
}
