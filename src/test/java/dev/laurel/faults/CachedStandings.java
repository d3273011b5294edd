package dev.laurel.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The standings of one board as Redis has them, row by row. */
final class CachedStandings {
    private static final long TIE_BIAS = 1L << 47;

    private final RedisProbe redis;
    private final int board;

    CachedStandings(RedisProbe redis, int board) {
        this.redis = redis;
        this.board = board;
    }

    /** The first part of a window's keys. */
    static String base(int board, Window window, long key) {
        return "laurel:{b" + board + "}:" + window.period().word() + ":" + key;
    }

    /** Whether all these windows are declared complete. */
    boolean complete(Map<Window, Long> windows) {
        return windows.entrySet().stream().allMatch(one -> redis.complete(base(board, one.getKey(), one.getValue())));
    }

    /** Everything in which Redis differs from PostgreSQL. */
    List<String> differences(StoredStandings stored) {
        List<String> differences = new ArrayList<>();
        stored.windows().forEach((window, scores) -> {
            String base = base(board, window, stored.key(window));
            String life = redis.life(base);
            Map<String, Long> set = redis.sortedSet(base + ":set");
            Map<String, String> hash = redis.hash(base + ":hash");
            String mark = hash.remove("!");
            if (!life.equals(mark) || hash.containsKey("?")) {
                differences.add("Redis " + window + " is not complete: " + mark);
            }
            int there = 0;
            for (int i = 0; i < scores.players(); i++) {
                there += scores.has(i) ? 1 : 0;
                compare(window, scores, i, set, hash, differences);
            }
            if (set.size() != there || hash.size() != there) {
                differences.add("Redis " + window + " has " + set.size() + " members and " + hash.size()
                        + " fields for " + there + " players");
            }
        });
        return differences;
    }

    private static void compare(
            Window window,
            WindowScores scores,
            int player,
            Map<String, Long> set,
            Map<String, String> hash,
            List<String> differences) {
        if (!scores.has(player)) {
            return;
        }
        String id = Contest.player(player);
        String tie = "%012x".formatted(scores.instant(player) + TIE_BIAS);
        Long sort = set.get(tie + id);
        String field = hash.get(id);
        String[] parts = field == null ? new String[] {"0", "", ""} : field.split(":");
        // A standing that a rebuild or a repair has carried, or that an event of another window followed, may have
        // another version than the row; it is never newer than the row.
        boolean right = sort != null
                && sort == -scores.score(player)
                && parts[1].equals(Long.toString(-scores.score(player)))
                && parts[2].equals(tie)
                && Long.parseLong(parts[0]) <= scores.version(player);
        if (!right) {
            differences.add("Redis " + window + " player " + player + ": member " + sort + ", field " + field
                    + " instead of " + scores.text(player));
        }
    }
}
