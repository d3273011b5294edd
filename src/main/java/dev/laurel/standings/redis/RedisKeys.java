package dev.laurel.standings.redis;

import dev.laurel.board.RankMode;
import dev.laurel.platform.redis.RedisConfig;
import dev.laurel.shared.Period;
import dev.laurel.standings.window.RankingRef;
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
    private String set(RankingRef ranking) {
        return base(ranking) + ":set";
    }

    /**
     * The hash: player to version, sort key and tie key; the field {@code !} names the run of Redis for which it is
     * complete.
     */
    public String hash(RankingRef ranking) {
        return base(ranking) + ":hash";
    }

    /** As {@link #hash(WindowRef)}. */
    public String hash(int boardId, Period period, long key) {
        return base(boardId, period, key) + ":hash";
    }

    /** The lease of the process that loads the window. */
    private String lease(RankingRef ranking) {
        return base(ranking) + ":load";
    }

    /** The set of sort keys in use, where ranks are dense. */
    private String scores(RankingRef ranking) {
        return base(ranking) + ":scores";
    }

    /** The log of changes, where large segments are declared. */
    private String changes(RankingRef ranking) {
        return base(ranking) + ":changes";
    }

    /** The keys for a script that reads standings: set, hash, and where ranks are dense the set of sort keys. */
    public List<String> of(RankingRef ranking) {
        return isDense(ranking)
                ? List.of(set(ranking), hash(ranking), scores(ranking))
                : List.of(set(ranking), hash(ranking));
    }

    /**
     * The keys for a script that changes standings: as {@link #of}; where large segments are declared four, with the set
     * again in place of the sort keys where ranks are not dense, and the log of changes.
     */
    public List<String> changing(RankingRef ranking) {
        return isLogged(ranking) ? logged(ranking) : of(ranking);
    }

    /** The four keys of {@link #changing}, whether or not the board declares segments. */
    public List<String> logged(RankingRef ranking) {
        return List.of(
                set(ranking), hash(ranking), isDense(ranking) ? scores(ranking) : set(ranking), changes(ranking));
    }

    /** Whether changes of standings are logged for those who follow a window. */
    public static boolean isLogged(RankingRef ranking) {
        return ranking.board().definition().membership().hasSegments();
    }

    /**
     * All keys of a window: set, hash, lease, the set of sort keys, for which the set stands again where ranks are not
     * dense, and the log of changes, which may be left from when segments were declared.
     */
    public List<String> all(RankingRef ranking) {
        return List.of(
                set(ranking),
                hash(ranking),
                lease(ranking),
                isDense(ranking) ? scores(ranking) : set(ranking),
                changes(ranking));
    }

    private static boolean isDense(RankingRef ranking) {
        return ranking.board().definition().rankMode() == RankMode.DENSE;
    }

    private String base(RankingRef ranking) {
        String base = base(ranking.board().id(), ranking.period(), ranking.key());
        return ranking.metric() == 0 ? base : base + ":m" + ranking.metric();
    }

    private String base(int boardId, Period period, long key) {
        return prefix + ":{b" + boardId + "}:" + period.path() + ":" + key;
    }
}
