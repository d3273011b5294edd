package dev.laurel.board;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/** Settings of boards. */
@ConfigMapping(prefix = "laurel.board")
public interface BoardConfig {
    /** The board that exists from the first start and serves {@code /api/redis-leaderboard}. */
    @WithDefault("pomodoro")
    String defaultBoard();

    /** Maximum number of definitions cached in the process. */
    @WithDefault("10000")
    long cached();

    /**
     * How long a definition is used before PostgreSQL is queried again; a write based on an outdated one is rejected
     * and retried.
     */
    @WithDefault("5s")
    Duration cachedFor();

    /** How long a board is known for the answer which season is running; changes of the board show at once. */
    @WithDefault("5M")
    Duration activeSeasonCachedFor();
}
