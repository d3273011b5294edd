package dev.laurel.standings.audit;

import dev.laurel.platform.postgres.Sql;
import dev.laurel.standings.audit.RestingAudits.Claimed;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The players of whom something has changed in PostgreSQL since a transaction, as the feed of followers has it. */
@ApplicationScoped
class ChangedPlayers {
    private static final Logger LOG = Logger.getLogger(ChangedPlayers.class);

    /** Shards of the feed, and the latest items of each whose players are returned. */
    private static final int SHARDS = 16;

    private static final long MAX_ITEMS = 20_000;

    private static final String SINCE = """
            SELECT t.shard, l.board_id, l.player_id, l.decided, count(*), min(l.tx::text::bigint)
            FROM unnest($1::integer[], $2::text[]) AS t(shard, seen)
            CROSS JOIN LATERAL (
                (SELECT e.board_id, e.player_id, e.tx, false AS decided FROM score_event e
                 WHERE (e.board_id & 15) = t.shard AND e.tx >= t.seen::xid8 ORDER BY e.tx DESC, e.id DESC LIMIT $3)
                UNION ALL
                (SELECT c.board_id, c.subject, c.tx, true FROM change c
                 WHERE (c.board_id & 15) = t.shard AND c.tx >= t.seen::xid8
                 ORDER BY c.tx DESC, c.id DESC LIMIT $3)) l
            GROUP BY 1, 2, 3, 4""";

    /** Of shards that had more: which boards. */
    private static final String BOARDS = """
            SELECT t.shard, l.board_id FROM unnest($1::integer[], $2::text[]) AS t(shard, seen)
            CROSS JOIN LATERAL (
                SELECT DISTINCT x.board_id FROM (
                    SELECT e.board_id FROM score_event e WHERE (e.board_id & 15) = t.shard AND e.tx >= t.seen::xid8
                    UNION ALL
                    SELECT c.board_id FROM change c WHERE (c.board_id & 15) = t.shard AND c.tx >= t.seen::xid8) x) l""";

    private final Sql sql;

    ChangedPlayers(Sql sql) {
        this.sql = sql;
    }

    /** What has changed since windows were found equal. */
    Uni<Changes> of(List<Claimed> windows) {
        Map<Integer, Long> since = new TreeMap<>();
        windows.stream()
                .filter(Claimed::wasEqual)
                .forEach(one -> since.merge(one.window().board().id() & (SHARDS - 1), one.seenTx(), Math::min));
        if (since.isEmpty()) {
            return Uni.createFrom().item(new Changes());
        }
        return sql.runForJob(SINCE, shards(since), seen(since), MAX_ITEMS)
                .map(rows -> {
                    Changes changes = new Changes();
                    rows.forEach(changes::add);
                    return changes;
                })
                .call(changes -> more(changes, since));
    }

    private Uni<Void> more(Changes changes, Map<Integer, Long> since) {
        Map<Integer, Long> truncated = new TreeMap<>(since);
        truncated.keySet().retainAll(changes.truncated());
        if (truncated.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        LOG.infof("More has changed in %d sixteenths of the boards than is looked at by player", truncated.size());
        return sql.runForJob(BOARDS, shards(truncated), seen(truncated))
                .invoke(rows -> rows.forEach(row -> changes.boards.add(row.getInteger(1))))
                .replaceWithVoid();
    }

    private static Integer[] shards(Map<Integer, Long> since) {
        return since.keySet().toArray(Integer[]::new);
    }

    private static String[] seen(Map<Integer, Long> since) {
        return since.values().stream().map(Long::toUnsignedString).toArray(String[]::new);
    }

    /** What has changed, by board. */
    static final class Changes {
        private final Map<Integer, Set<String>> players = new HashMap<>();
        private final Map<Integer, Set<String>> decided = new HashMap<>();
        private final Map<Integer, Long> items = new HashMap<>();
        private final Map<Integer, Long> oldest = new HashMap<>();
        private final Set<Integer> boards = new HashSet<>();

        private void add(Row row) {
            boolean decision = row.getBoolean(3);
            items.merge(2 * row.getInteger(0) + (decision ? 1 : 0), row.getLong(4), Long::sum);
            oldest.merge(2 * row.getInteger(0) + (decision ? 1 : 0), row.getLong(5), Math::min);
            if (!row.getString(2).isEmpty()) {
                of(players, row.getInteger(1)).add(row.getString(2));
                if (decision) {
                    of(decided, row.getInteger(1)).add(row.getString(2));
                }
            }
        }

        private static Set<String> of(Map<Integer, Set<String>> byBoard, int board) {
            return byBoard.computeIfAbsent(board, first -> new LinkedHashSet<>());
        }

        private Set<Integer> truncated() {
            Set<Integer> shards = new HashSet<>();
            items.forEach((half, count) -> {
                if (count >= MAX_ITEMS) {
                    shards.add(half / 2);
                }
            });
            return shards;
        }

        /** Players of a board who had an event, or about whom something was decided. */
        List<String> players(int board) {
            return List.copyOf(players.getOrDefault(board, Set.of()));
        }

        /** Players who may have left rankings. */
        int decided(int board) {
            return decided.getOrDefault(board, Set.of()).size();
        }

        /** Whether more has changed on a window's board since it was found equal than is listed by player. */
        boolean hasMore(Claimed window) {
            int board = window.window().board().id();
            int half = 2 * (board & (SHARDS - 1));
            return boards.contains(board) && (isCut(half, window.seenTx()) || isCut(half + 1, window.seenTx()));
        }

        private boolean isCut(int half, long seen) {
            return items.getOrDefault(half, 0L) >= MAX_ITEMS && oldest.get(half) >= seen;
        }
    }
}
