package dev.laurel.ranking.movement;

import dev.laurel.board.Board;
import dev.laurel.board.BoardName;
import dev.laurel.board.RankMode;
import dev.laurel.cache.NearCache;
import dev.laurel.cache.registry.CacheKey;
import dev.laurel.cache.registry.CacheKind;
import dev.laurel.cache.registry.Caches;
import dev.laurel.cache.registry.KeyAddress;
import dev.laurel.platform.async.Bulkhead;
import dev.laurel.platform.postgres.Pulse;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.standings.window.RankingRef;
import dev.laurel.standings.window.Segment;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The ranks that are kept of a day, counted among the players who take a rank now. */
@Startup
@ApplicationScoped
class KeptRanks {
    /** Those of a page: nobody waits for them any longer. */
    static final Duration PATIENCE = Duration.ofMillis(250);

    /** Those of all members of a segment, which later requests find. */
    private static final Duration MEMBERS_PATIENCE = Duration.ofSeconds(2);

    private static final int CONCURRENT = 4;
    private static final int CONCURRENT_SEGMENTS = 1;
    private static final int WAITING = 64;
    private static final String REFUSAL = "PostgreSQL has as many positions to read as it can take";

    /** Players of all segments together, about 100 bytes each. */
    private static final long MAX_MEMBERS = 200_000;

    private static final Duration MEMBERS_KEPT_FOR = Duration.ofSeconds(5);

    private static final String LIMIT = "SELECT set_config('statement_timeout', $1, true)";

    /** Who takes no rank now: players of the tenant, and those disqualified from the ranking. */
    private static final String UNRANKED = """
            p.player_id IN (
                SELECT u.player_id FROM unranked_player u WHERE u.tenant_id = (SELECT tenant_id FROM board WHERE id = $4)
                UNION ALL
                SELECT q.player_id FROM disqualification q
                WHERE q.board_id = $4 AND q.period = 5 AND q.window_key = $5)""";

    /** Who was ranked at a freeze; nobody is, until its snapshot is complete. */
    private static final String SNAPSHOT = """
            EXISTS (
                SELECT FROM frozen_standing f
                WHERE f.board_id = $4 AND f.freeze_no = $6 AND f.period = 5 AND f.window_key = $5 AND f.metric = $2
                  AND f.player_id = p.player_id)""";

    /**
     * $3 players, $7 whether ranks are dense: then only those places go that nobody holds any more. The places are summed up
     * once for all players, in the order of ranks.
     */
    private static final String RANKS = """
            WITH asked AS MATERIALIZED (
                SELECT p.player_id, p.rank FROM daily_position p
                WHERE p.number = $1 AND p.metric = $2 AND p.player_id = ANY ($3::text[])),
            out AS MATERIALIZED (
                SELECT p.player_id, p.rank, p.holders FROM daily_position p
                WHERE p.number = $1 AND p.metric = $2 AND p.rank <= (SELECT max(rank) FROM asked) AND {out}),
            steps AS (
                SELECT a.player_id, a.rank, 0::bigint AS gone FROM asked a
                WHERE NOT EXISTS (SELECT FROM out o WHERE o.player_id = a.player_id)
                UNION ALL
                SELECT NULL, o.rank, CASE WHEN $7::boolean THEN (count(*) = o.holders)::integer ELSE count(*) END
                FROM out o GROUP BY o.rank, o.holders),
            counted AS (
                SELECT s.player_id, s.rank - coalesce(
                    sum(s.gone) OVER (ORDER BY s.rank RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)::bigint AS rank
                FROM steps s)
            SELECT c.player_id, c.rank FROM counted c WHERE c.player_id IS NOT NULL AND $6::integer >= 0""";

    /** Of all members ($3) among each other: their order and ties are those of the whole ranking. */
    private static final String MEMBERS = """
            WITH member AS MATERIALIZED (
                SELECT p.player_id, p.rank FROM daily_position p
                WHERE p.number = $1 AND p.metric = $2 AND p.player_id = ANY ($3::text[]))
            SELECT p.player_id, CASE WHEN $7::boolean THEN dense_rank() OVER (ORDER BY p.rank)
                ELSE rank() OVER (ORDER BY p.rank) END
            FROM member p WHERE {in} AND $6::integer >= 0""";

    private static final Statement PAGE =
            new Statement(RANKS.replace("{out}", UNRANKED), RANKS.replace("{out}", "NOT " + SNAPSHOT), PATIENCE);
    private static final Statement SEGMENT = new Statement(
            MEMBERS.replace("{in}", "NOT " + UNRANKED), MEMBERS.replace("{in}", SNAPSHOT), MEMBERS_PATIENCE);

    /** A player's id and rank. */
    private static final int RANK_BYTES = 100;

    private final Sql sql;
    private final Pulse pulse;
    private final Clock clock;
    private final Bulkhead pages = new Bulkhead(CONCURRENT, WAITING, REFUSAL);
    private final Bulkhead segments = new Bulkhead(CONCURRENT_SEGMENTS, WAITING, REFUSAL);
    private final NearCache<MembersKey, Map<String, Long>> members;

    KeptRanks(Sql sql, Pulse pulse, Clock clock, Caches caches) {
        this.sql = sql;
        this.pulse = pulse;
        this.clock = clock;
        this.members = NearCache.weighed(
                CacheKind.of("position-members", MEMBERS_KEPT_FOR, RANK_BYTES).byGroup(),
                MAX_MEMBERS,
                ranks -> ranks.size() + 1,
                caches);
    }

    /**
     * The ranks of players on a day, without those who had none; within a segment, among the members that it has now, as of a
     * few seconds ago.
     *
     * @param day its number
     */
    Uni<Map<String, Long>> of(RankingRef ranking, Collection<String> playerIds, long day) {
        if (playerIds.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        Segment segment = ranking.segment();
        int freeze = freeze(ranking.board());
        if (segment == null) {
            return pages.run(read(PAGE, ranking, List.copyOf(playerIds), day));
        }
        MembersKey key =
                new MembersKey(ranking.board().fullName(), day, ranking.metric(), freeze, segment.withoutPlayers());
        return members.get(key, () -> segments.run(read(SEGMENT, ranking, segment.playerIds(), day)))
                .map(all -> chosen(all, playerIds));
    }

    private Uni<Map<String, Long>> read(Statement statement, RankingRef ranking, List<String> playerIds, long day) {
        Board board = ranking.board();
        int freeze = freeze(board);
        return pulse.whileAlive(sql.inTransaction(transaction -> transaction
                        // PostgreSQL gives it up as well.
                        .run(LIMIT, Long.toString(statement.patience.toMillis()))
                        .chain(() -> transaction.run(
                                freeze == 0 ? statement.live : statement.frozen,
                                day,
                                (short) ranking.metric(),
                                playerIds.toArray(String[]::new),
                                board.id(),
                                ranking.key(),
                                freeze,
                                board.definition().rankMode() == RankMode.DENSE))))
                .map(KeptRanks::byPlayer);
    }

    /** 0 unless the public's view stands still. */
    private int freeze(Board board) {
        return board.frozen(clock.instant()) ? board.freeze().number() : 0;
    }

    private static Map<String, Long> byPlayer(RowSet<Row> rows) {
        Map<String, Long> ranks = new HashMap<>();
        rows.forEach(row -> ranks.put(row.getString(0), row.getLong(1)));
        return ranks;
    }

    private static Map<String, Long> chosen(Map<String, Long> all, Collection<String> playerIds) {
        Map<String, Long> ranks = new HashMap<>();
        for (String playerId : playerIds) {
            Long rank = all.get(playerId);
            if (rank != null) {
                ranks.put(playerId, rank);
            }
        }
        return ranks;
    }

    /** @param frozen for the public of a frozen board */
    private record Statement(String live, String frozen, Duration patience) {}

    /** @param freeze 0 for the present */
    private record MembersKey(BoardName board, long day, int metric, int freeze, Segment segment) implements CacheKey {
        @Override
        public KeyAddress address() {
            return KeyAddress.ofSegment(board.tenant(), "segment", segment.name(), board.name(), "positions");
        }
    }
}
