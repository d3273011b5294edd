package dev.laurel.standings.audit;

import dev.laurel.platform.postgres.Sql;
import dev.laurel.standings.audit.RestingAudits.Claimed;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The players of whom something has changed in PostgreSQL since a transaction, as the feed of followers has it. */
@ApplicationScoped
class ChangedPlayers {
    /** Shards of the feed, and the latest events of each that are looked at. */
    private static final int SHARDS = 16;

    private static final long MAX_EVENTS = 10_000;

    /** Whatever the planner knows of the tables: backwards through the index, and no further than needed. */
    private static final String BY_INDEX = "SELECT set_config('enable_seqscan', 'off', true),"
            + " set_config('enable_bitmapscan', 'off', true), set_config('enable_sort', 'off', true)";

    private static final String SINCE = """
            SELECT DISTINCT l.board_id, l.player_id FROM unnest($1::integer[], $2::text[]) AS t(shard, seen)
            CROSS JOIN LATERAL (
                (SELECT e.board_id, e.player_id FROM score_event e
                 WHERE (e.board_id & 15) = t.shard AND e.tx >= t.seen::xid8 ORDER BY e.tx DESC, e.id DESC LIMIT $3)
                UNION ALL
                (SELECT c.board_id, c.subject FROM change c
                 WHERE (c.board_id & 15) = t.shard AND c.tx >= t.seen::xid8 AND c.subject <> ''
                 ORDER BY c.tx DESC, c.id DESC LIMIT $3)) l""";

    private final Sql sql;

    ChangedPlayers(Sql sql) {
        this.sql = sql;
    }

    /** By board; of a shard with very many events those of the latest. */
    Uni<Map<Integer, Set<String>>> of(List<Claimed> windows) {
        Map<Integer, Long> since = new TreeMap<>();
        windows.stream()
                .filter(Claimed::wasEqual)
                .forEach(one -> since.merge(
                        one.window().board().id() & (SHARDS - 1), Long.parseUnsignedLong(one.seen()), Math::min));
        if (since.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        List<String> seen = new ArrayList<>();
        since.values().forEach(tx -> seen.add(Long.toUnsignedString(tx)));
        Integer[] shards = since.keySet().toArray(Integer[]::new);
        return sql.inTransaction(transaction -> transaction
                        .run(BY_INDEX)
                        .chain(() -> transaction.run(SINCE, shards, seen.toArray(String[]::new), MAX_EVENTS)))
                .map(rows -> {
                    Map<Integer, Set<String>> changed = new HashMap<>();
                    rows.forEach(row -> changed.computeIfAbsent(row.getInteger(0), board -> new LinkedHashSet<>())
                            .add(row.getString(1)));
                    return changed;
                });
    }
}
