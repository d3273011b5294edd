package dev.laurel.standings.redis;

import dev.laurel.board.RankMode;
import dev.laurel.platform.redis.RedisConfig;
import dev.laurel.shared.Period;
import dev.laurel.standings.window.WindowRef;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;

/** The names of a window's keys. All keys of a board share a hash tag so that scripts work on a cluster. */
@ApplicationScoped
public class RedisKeys {
    private final String prefix;

    RedisKeys(RedisConfig config) {
        this.prefix = config.prefix();
    }

    /** The sorted set: sort key to tie key with player. */
    private String set(WindowRef window) {
        return base(window) + ":set";
    }

    /**
     * The hash: player to version, sort key and tie key; the field {@code !} names the run of Redis for which it is
     * complete.
     */
    public String hash(WindowRef window) {
        return base(window) + ":hash";
    }

    /** As {@link #hash(WindowRef)}. */
    public String hash(int boardId, Period period, long key) {
        return base(boardId, period, key) + ":hash";
    }

    /** The lease of the process that loads the window. */
    private String lease(WindowRef window) {
        return base(window) + ":load";
    }

    /** The set of sort keys in use, where ranks are dense. */
    private String scores(WindowRef window) {
        return base(window) + ":scores";
    }

    /**
     * The keys for a script that reads or changes standings: set, hash, and where ranks are dense the set of sort keys.
     */
    public List<String> of(WindowRef window) {
        return isDense(window)
                ? List.of(set(window), hash(window), scores(window))
                : List.of(set(window), hash(window));
    }

    /** All keys of a window: set, hash, lease, and where ranks are dense the set of sort keys. */
    public List<String> all(WindowRef window) {
        return isDense(window)
                ? List.of(set(window), hash(window), lease(window), scores(window))
                : List.of(set(window), hash(window), lease(window));
    }

    private static boolean isDense(WindowRef window) {
        return window.board().definition().rankMode() == RankMode.DENSE;
    }

    private String base(WindowRef window) {
        String base = base(window.board().id(), window.period(), window.key());
        return window.metric() == 0 ? base : base + ":m" + window.metric();
    }

    private String base(int boardId, Period period, long key) {
        return prefix + ":{b" + boardId + "}:" + period.path() + ":" + key;
    }
}
