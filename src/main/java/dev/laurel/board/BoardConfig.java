package dev.laurel.board;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/** Settings of boards. */
@ConfigMapping(prefix = "laurel.board")
public interface BoardConfig {
    /** The board that exists from the first start, behind {@code /api/redis-leaderboard}. */
    @WithDefault("pomodoro")
    String defaultBoard();

    /** Definitions kept in the process at the most. */
    @WithDefault("10000")
    long cached();

    /** How long a definition is used before PostgreSQL is asked again; a write that holds an older one is told so. */
    @WithDefault("5s")
    Duration cachedFor();
}
