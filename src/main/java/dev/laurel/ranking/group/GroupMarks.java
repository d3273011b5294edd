package dev.laurel.ranking.group;

import dev.laurel.group.GroupKey;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.standings.window.RankingRef;
import dev.laurel.standings.write.CorrectionNumbers;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;

/** Marks of the state of what the statistics of a group are computed from, by the index of the players' standings. */
@ApplicationScoped
class GroupMarks {
    /** The version of a standing grows with every event of the player on the board. */
    private static final String OF_MEMBERS = """
            SELECT (SELECT coalesce(sum(version), 0)::bigint FROM standing
                    WHERE board_id = $1 AND player_id = ANY ($2::text[])),
                (SELECT coalesce(max(change_no), 0) FROM player_change
                 WHERE tenant_id = $3 AND player_id = ANY ($2::text[])),
                (SELECT coalesce(bit_xor(hashtextextended(player_id, 0)), 0) FROM unranked_player
                 WHERE tenant_id = $3 AND player_id = ANY ($2::text[])), 0::bigint""";

    /** As above, for all who have ever been members, with a digest of when they were. */
    private static final String OF_ALL = """
            WITH ever AS MATERIALIZED (
                SELECT m.player_id, hashtextextended(m.player_id || m.joined_at || coalesce(m.left_at::text, ''), 0) AS digest
                FROM player_group g JOIN membership m ON m.group_number = g.number
                WHERE g.tenant_id = $2 AND g.kind = $3 AND g.id = $4)
            SELECT (SELECT coalesce(sum(version), 0)::bigint FROM standing
                    WHERE board_id = $1 AND player_id IN (SELECT player_id FROM ever)),
                (SELECT coalesce(max(change_no), 0) FROM player_change
                 WHERE tenant_id = $2 AND player_id IN (SELECT player_id FROM ever)),
                (SELECT coalesce(bit_xor(hashtextextended(player_id, 0)), 0) FROM unranked_player
                 WHERE tenant_id = $2 AND player_id IN (SELECT player_id FROM ever)),
                (SELECT coalesce(bit_xor(digest), 0) FROM ever)""";

    private final Sql sql;
    private final CorrectionNumbers corrections;
    private final Clock clock;

    GroupMarks(Sql sql, CorrectionNumbers corrections, Clock clock) {
        this.sql = sql;
        this.corrections = corrections;
        this.clock = clock;
    }

    /**
     * While a snapshot is shown, no score may show, not even by when the statistics were computed; but who takes no rank any
     * more does.
     */
    Uni<Mark> of(RankingRef ranking, GroupKey group) {
        int freeze = EarnedPoints.freeze(ranking, clock.instant());
        boolean stay = EarnedPoints.stay(ranking);
        return row(ranking, group, stay)
                .chain(row -> freeze != 0
                        ? Uni.createFrom().item(new Mark(freeze, stay, 0, 0, row.getLong(2), row.getLong(3), 0))
                        : corrections
                                .of(ranking.board())
                                .map(correction -> new Mark(
                                        0,
                                        stay,
                                        row.getLong(0),
                                        row.getLong(1),
                                        row.getLong(2),
                                        row.getLong(3),
                                        correction)));
    }

    private Uni<Row> row(RankingRef ranking, GroupKey group, boolean stay) {
        short tenant = ranking.board().tenant().id();
        int board = ranking.board().id();
        return (stay
                        ? sql.run(OF_ALL, board, tenant, group.kind(), group.id())
                        : sql.run(
                                OF_MEMBERS, board, ranking.segment().playerIds().toArray(String[]::new), tenant))
                .map(rows -> rows.iterator().next());
    }

    /**
     * Another one for each state of what the statistics are computed from, beyond window and members.
     *
     * @param stay whether points stay with groups
     * @param versions sum of the versions of the players' standings
     * @param change number of the last change of a player's record
     * @param unranked a digest of the players who take no rank anywhere
     * @param memberships a digest of all memberships with their dates, where points stay
     * @param correction number of the last correction on the board
     */
    record Mark(
            int freeze, boolean stay, long versions, long change, long unranked, long memberships, long correction) {}
}
