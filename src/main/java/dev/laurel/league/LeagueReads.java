package dev.laurel.league;

import dev.laurel.board.Board;
import dev.laurel.league.Cohort.CohortPlace;
import dev.laurel.platform.async.Bulkhead;
import dev.laurel.platform.postgres.Pulse;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.shared.PageRequest;
import dev.laurel.shared.PageResult;
import dev.laurel.standings.freeze.FreezeSnapshot;
import dev.laurel.standings.window.WindowRef;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads leagues from PostgreSQL as the public sees them: without players who take no rank, and on a frozen board as they
 * were at the freeze.
 */
@ApplicationScoped
class LeagueReads {
    private static final String IN_WINDOW = """
            SELECT (SELECT c.number FROM league_cohort c WHERE c.number = m.cohort AND c.closing_no <= $6)
            FROM league_member m
            WHERE m.board_id = $1 AND m.period = $2 AND m.window_key = $3 AND m.player_id = $4
              AND NOT EXISTS (SELECT FROM unranked_player o WHERE o.tenant_id = m.tenant_id AND o.player_id = m.player_id)
              AND ($5 = 0 OR EXISTS (
                  SELECT FROM frozen_board p
                  WHERE p.board_id = m.board_id AND p.freeze_no = $5 AND is_in_picture(m.tx, m.received_at, p)))""";

    private static final String COHORT = """
            SELECT c.number, c.tier, w.window_id, r.tiers, r.promote, r.demote
            FROM league_cohort c
            JOIN board_window w ON w.board_id = c.board_id AND w.period = c.period AND w.window_key = c.window_key
            LEFT JOIN league_round r ON r.board_id = c.board_id AND r.period = c.period AND r.window_key = c.window_key
                AND r.closing_no <= $3
            WHERE c.board_id = $1 AND c.number = $2 AND c.closing_no <= $3""";

    private static final String PLAYERS = "SELECT cohort_players($1, $2)";

    private static final String RESULTS = """
            SELECT m.rank, m.player_id, m.score, m.outcome, m.tied FROM league_member m
            WHERE m.cohort = $1 AND m.place IS NOT NULL
              AND NOT EXISTS (SELECT FROM unranked_player o WHERE o.tenant_id = m.tenant_id AND o.player_id = m.player_id)
            ORDER BY m.place""";

    private static final String OF_TIER = """
            FROM league_cohort c
            WHERE c.board_id = $1 AND c.period = $2 AND c.window_key = $3 AND c.tier BETWEEN $4 AND $5
              AND c.closing_no <= $7
              AND EXISTS (
                  SELECT FROM league_member m
                  WHERE m.cohort = c.number
                    AND NOT EXISTS (
                        SELECT FROM unranked_player o WHERE o.tenant_id = m.tenant_id AND o.player_id = m.player_id)
                    AND ($6 = 0 OR EXISTS (
                        SELECT FROM frozen_board p
                        WHERE p.board_id = m.board_id AND p.freeze_no = $6 AND is_in_picture(m.tx, m.received_at, p))))""";

    private static final String COUNT = "SELECT count(*) " + OF_TIER;

    /** Players are counted in the cohorts of the page only. */
    private static final String LIST = "SELECT t.number, (SELECT count(*) FROM cohort_players(t.number, $6)) FROM ("
            + "SELECT c.number, c.tier, c.ordinal " + OF_TIER + " ORDER BY c.tier, c.ordinal OFFSET $8 LIMIT $9) t"
            + " ORDER BY t.tier, t.ordinal";

    private static final String OF_PLAYER = """
            FROM league_member m
            JOIN league_cohort c ON c.number = m.cohort
            JOIN league_round r ON r.board_id = m.board_id AND r.period = m.period AND r.window_key = m.window_key
            WHERE m.board_id = $1 AND m.tenant_id = $2 AND m.player_id = $3 AND r.closing_no <= $4
              AND NOT EXISTS (SELECT FROM unranked_player o WHERE o.tenant_id = m.tenant_id AND o.player_id = m.player_id)
            """;

    private static final String COUNT_RESULTS = "SELECT count(*) " + OF_PLAYER;
    private static final String HISTORY = """
            SELECT r.window_id, c.tier, r.tiers, c.number, m.rank, m.score, c.players, m.outcome, m.tied, r.settled_at
            """ + OF_PLAYER + " ORDER BY m.window_key DESC, m.period OFFSET $5 LIMIT $6";

    private static final int CONCURRENT = 4;
    private static final int WAITING = 200;

    /** Keeps lists of leagues, which may go over many cohorts, from occupying PostgreSQL. */
    private final Bulkhead bulkhead =
            new Bulkhead(CONCURRENT, WAITING, "Too many leagues are being read; try again soon");

    private final Sql sql;
    private final Pulse pulse;

    LeagueReads(Sql sql, Pulse pulse) {
        this.sql = sql;
        this.pulse = pulse;
    }

    /** The player in a window; null when the player has not entered. */
    Uni<Entry> entry(WindowRef window, String playerId, FreezeSnapshot seen) {
        return pulse.whileAlive(sql.run(
                        IN_WINDOW,
                        window.board().id(),
                        window.period().code(),
                        window.key(),
                        playerId,
                        seen.number(),
                        seen.closings()))
                .map(rows -> rows.size() == 0
                        ? null
                        : new Entry(rows.iterator().next().getLong(0)));
    }

    /** The cohort of a board with a number; null when there is none. */
    Uni<Row> cohort(Board board, long number, FreezeSnapshot seen) {
        return pulse.whileAlive(sql.run(COHORT, board.id(), number, seen.closings()))
                .map(rows -> rows.size() == 0 ? null : rows.iterator().next());
    }

    /** The players of a cohort, in the order in which they entered. */
    Uni<List<String>> players(long cohort, FreezeSnapshot seen) {
        return pulse.whileAlive(sql.run(PLAYERS, cohort, seen.number())).map(rows -> {
            List<String> players = new ArrayList<>(rows.size());
            rows.forEach(row -> players.add(row.getString(0)));
            return players;
        });
    }

    /** The final places of a settled cohort. */
    Uni<List<CohortPlace>> results(long cohort) {
        return pulse.whileAlive(sql.run(RESULTS, cohort)).map(rows -> {
            List<CohortPlace> places = new ArrayList<>(rows.size());
            rows.forEach(row -> places.add(new CohortPlace(
                    row.getInteger(0),
                    row.getString(1),
                    row.getLong(2),
                    null,
                    row.getString(3),
                    Boolean.TRUE.equals(row.getBoolean(4)))));
            return places;
        });
    }

    /** The cohorts of a tier, in the order in which they were filled. */
    Uni<PageResult<CohortSize>> cohorts(WindowRef window, Tiers tiers, PageRequest page, FreezeSnapshot seen) {
        List<Object> filter = List.of(
                window.board().id(),
                window.period().code(),
                window.key(),
                (short) tiers.from(),
                (short) tiers.to(),
                seen.number(),
                seen.closings());
        List<Object> paged = new ArrayList<>(filter);
        paged.add(page.offset());
        paged.add((long) page.limit());
        return pulse.whileAlive(bulkhead.run(sql.run(COUNT, filter.toArray())
                .map(rows -> rows.iterator().next().getLong(0))
                .chain(total -> sql.run(LIST, paged.toArray()).map(rows -> {
                    List<CohortSize> items = new ArrayList<>(rows.size());
                    rows.forEach(row -> items.add(new CohortSize(row.getLong(0), row.getLong(1))));
                    return new PageResult<>(items, total);
                }))));
    }

    /** What a player has reached, the latest window first. */
    Uni<PageResult<LeagueResult>> history(Board board, String playerId, PageRequest page, FreezeSnapshot seen) {
        short tenant = board.tenant().id();
        return pulse.whileAlive(bulkhead.run(sql.run(COUNT_RESULTS, board.id(), tenant, playerId, seen.closings())
                .map(rows -> rows.iterator().next().getLong(0))
                .chain(total -> sql.run(HISTORY, board.id(), tenant, playerId, seen.closings(), page.offset(), (long)
                                page.limit())
                        .map(rows -> {
                            List<LeagueResult> items = new ArrayList<>(rows.size());
                            rows.forEach(row -> items.add(result(row)));
                            return new PageResult<>(items, total);
                        }))));
    }

    private static LeagueResult result(Row row) {
        // The highest tiers may have been removed between the first event of the window and its end.
        int tier = Math.min(row.getShort(1), row.getArrayOfStrings(2).length - 1);
        return new LeagueResult(
                row.getString(0),
                tier + 1,
                row.getArrayOfStrings(2)[tier],
                row.getLong(3),
                row.getInteger(4),
                row.getLong(5),
                row.getInteger(6),
                row.getString(7),
                row.getBoolean(8),
                row.getOffsetDateTime(9).toInstant());
    }

    /** @param cohort null while the windows before are not settled */
    record Entry(Long cohort) {}

    /** A range of tiers, from 0. */
    record Tiers(int from, int to) {}

    /** A cohort of a list. */
    record CohortSize(long number, long players) {}
}
