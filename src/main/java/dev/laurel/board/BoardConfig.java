package dev.laurel.board;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of boards. */
@ConfigMapping(prefix = "laurel.board")
public interface BoardConfig {
    /** The board that exists from the first start, behind {@code /api/redis-leaderboard}. */
    @WithDefault("pomodoro")
    String defaultBoard();
}
