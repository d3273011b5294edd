package dev.laurel.standings;

import dev.laurel.platform.redis.RedisConfig;
import dev.laurel.shared.Period;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;

/** The names of a window's keys. All keys of a board share a hash tag, so that scripts work on a cluster. */
@ApplicationScoped
class RedisKeys {
    private final String prefix;

    RedisKeys(RedisConfig config) {
        this.prefix = config.prefix();
    }

    /** The sorted set: sort key to tie key with player. */
    String set(WindowRef window) {
        return base(window) + ":set";
    }

    /** The hash: player to version, sort key and tie key; under {@code !} the life of Redis it is complete for. */
    String hash(WindowRef window) {
        return base(window) + ":hash";
    }

    /** As {@link #hash(WindowRef)}. */
    String hash(int boardId, Period period, long key) {
        return base(boardId, period, key) + ":hash";
    }

    /** The lease of who loads the window. */
    String lease(WindowRef window) {
        return base(window) + ":load";
    }

    List<String> setAndHash(WindowRef window) {
        return List.of(set(window), hash(window));
    }

    private String base(WindowRef window) {
        return base(window.board().id(), window.period(), window.key());
    }

    private String base(int boardId, Period period, long key) {
        return prefix + ":{b" + boardId + "}:" + period.path() + ":" + key;
    }
}
