package dev.laurel.ranking.group;

import dev.laurel.board.Freeze;
import dev.laurel.board.rules.MembershipRules.GroupPoints;
import dev.laurel.group.GroupKey;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.standings.rank.Standing;
import dev.laurel.standings.read.SqlQuestion;
import dev.laurel.standings.window.RankingRef;
import io.vertx.mutiny.sqlclient.Row;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Points that stay with the group in which they were earned: counted from the ledger for each member, past ones included,
 * over the time of the membership. A player who takes no rank in the window adds nothing.
 */
final class EarnedPoints {
    /** What each player has earned for each group of a kind: {1} tenant, {2} kind, and the last five the window. */
    static final String OF_KIND = """
            , earned AS MATERIALIZED (
                SELECT x.* FROM board_window w CROSS JOIN LATERAL earned_in_groups(w,
                    ARRAY(SELECT number FROM player_group WHERE tenant_id = {1}::smallint AND kind = {2}::text), NULL,
                    {12}::integer, {13}::integer) x
                WHERE w.board_id = {9}::integer AND w.period = {10}::smallint AND w.window_key = {11}::bigint
            )""";

    /** The same for one group: {1} tenant, {2} kind, {3} id, {4} to {8} the window. */
    private static final String OF_GROUP = """
            , own AS (SELECT number FROM player_group
                      WHERE tenant_id = {1}::smallint AND kind = {2}::text AND id = {3}::text
            ), earned AS MATERIALIZED (
                SELECT x.* FROM board_window w CROSS JOIN LATERAL earned_in_groups(w, ARRAY(SELECT number FROM own),
                    ARRAY(SELECT DISTINCT m.player_id FROM membership m WHERE m.group_number = (SELECT number FROM own)),
                    {7}::integer, {8}::integer) x
                WHERE w.board_id = {4}::integer AND w.period = {5}::smallint AND w.window_key = {6}::bigint
            ), answer AS (
                SELECT row_number() OVER () AS n, e.player_id, e.score, e.reached_at
                FROM earned e WHERE e.player_id IN (SELECT l.player_id FROM live l))""";

    private EarnedPoints() {}

    /** Whether points stay with groups on the board of a ranking. */
    static boolean stay(RankingRef ranking) {
        return ranking.board().definition().membership().groupPoints() == GroupPoints.STAY;
    }

    /** @throws InvalidInput for a rolling window: it is made of the standings of days, not of events */
    static void requireCounted(RankingRef ranking) {
        if (stay(ranking) && ranking.period().isRolling()) {
            throw new InvalidInput("period", "must not be a rolling one where points stay with groups");
        }
    }

    /** The number of the freeze that is shown; 0 for none. */
    static int freeze(RankingRef ranking, Instant now) {
        Freeze freeze = ranking.board().freeze();
        return freeze != null && ranking.board().frozen(now) ? freeze.number() : 0;
    }

    /** The arguments that name the window: board, period, key, metric and freeze. */
    static List<Object> window(RankingRef ranking, int freeze) {
        return List.of(ranking.board().id(), ranking.period().code(), ranking.key(), ranking.metric(), freeze);
    }

    /** Asks for what each player has earned for a group. */
    static SqlQuestion<List<Standing>> of(GroupKey group, RankingRef ranking, int freeze) {
        List<Object> own = new ArrayList<>(List.of(group.tenant().id(), group.kind(), group.id()));
        own.addAll(window(ranking, freeze));
        return new SqlQuestion<>(
                OF_GROUP,
                own,
                rows -> {
                    List<Standing> earned = new ArrayList<>(rows.size());
                    for (Row row : rows) {
                        if (row.getLong(1) != null) {
                            earned.add(new Standing(row.getString(2), row.getLong(3), row.getLong(4)));
                        }
                    }
                    return earned;
                },
                List.of());
    }
}
