package dev.laurel.ranking.movement;

import dev.laurel.board.Board;
import dev.laurel.board.RankMode;
import dev.laurel.cache.NearCache;
import dev.laurel.platform.postgres.Pulse;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.shared.LaurelException;
import dev.laurel.standings.window.RankingRef;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The ranks at the ends of past days, among the players who take a rank now: who is hidden or disqualified since shifts
 * nobody. For a frozen board they are the newest from before the freeze, among those who were ranked at the freeze.
 */
@ApplicationScoped
class DailyPositions {
    /** A paused PostgreSQL must not delay ranks that Redis has already returned. */
    private static final Duration PATIENCE = Duration.ofMillis(250);

    private static final int MAX_DAYS = 10_000;
    private static final Duration DAYS_KEPT_FOR = Duration.ofSeconds(1);

    private static final String NEWEST = """
            SELECT number, taken_at FROM position_day
            WHERE board_id = $1 AND window_key = $2 AND day <= $3 AND taken_at <= $4
            ORDER BY day DESC LIMIT 1""";

    /** Who takes no rank now. */
    private static final String UNRANKED = """
            p.player_id IN (
                SELECT u.player_id FROM unranked_player u WHERE u.tenant_id = (SELECT tenant_id FROM board WHERE id = $4)
                UNION ALL
                SELECT q.player_id FROM disqualification q
                WHERE q.board_id = $4 AND q.period = 5 AND q.window_key = $5)""";

    /** Who was not ranked at a freeze; nobody is, until its snapshot is complete. */
    private static final String UNFROZEN = """
            NOT EXISTS (
                SELECT FROM frozen_standing f
                WHERE f.board_id = $4 AND f.freeze_no = $6 AND f.period = 5 AND f.window_key = $5 AND f.metric = $2
                  AND f.player_id = p.player_id)""";

    /** $3 players, $7 whether ranks are dense: then only those go that nobody holds any more. */
    private static final String RANKS = """
            WITH asked AS MATERIALIZED (
                SELECT p.player_id, p.rank FROM daily_position p
                WHERE p.number = $1 AND p.metric = $2 AND p.player_id = ANY ($3::text[])),
            out AS MATERIALIZED (
                SELECT p.player_id, p.rank, p.holders FROM daily_position p
                WHERE p.number = $1 AND p.metric = $2 AND p.rank <= (SELECT max(rank) FROM asked) AND {out}),
            gone AS MATERIALIZED (
                SELECT o.rank, CASE WHEN $7::boolean THEN (count(*) = o.holders)::integer ELSE count(*) END AS places
                FROM out o GROUP BY o.rank, o.holders)
            SELECT a.player_id, a.rank - coalesce((SELECT sum(g.places) FROM gone g WHERE g.rank < a.rank), 0)::bigint
            FROM asked a
            WHERE NOT EXISTS (SELECT FROM out o WHERE o.player_id = a.player_id) AND $6::integer >= 0""";

    private static final String LIVE = RANKS.replace("{out}", UNRANKED);
    private static final String FROZEN = RANKS.replace("{out}", UNFROZEN);

    private final Sql sql;
    private final Pulse pulse;
    private final Clock clock;
    private final NearCache<DayKey, Optional<Day>> days;

    DailyPositions(Sql sql, Pulse pulse, Clock clock, MeterRegistry meters) {
        this.sql = sql;
        this.pulse = pulse;
        this.clock = clock;
        this.days = new NearCache<>("position-days", MAX_DAYS, DAYS_KEPT_FOR, meters);
    }

    /**
     * The ranks that players had at the end of the day so many days before today, or of the newest day before that whose
     * positions were kept; within a segment, among the members that it has now.
     *
     * @return without ranks when they cannot be determined at the moment
     */
    Uni<PreviousPlaces> of(RankingRef ranking, Collection<String> playerIds, int daysBack) {
        Instant now = clock.instant();
        Board board = ranking.board();
        Instant seen = board.frozen(now) ? board.freeze().at() : now;
        LocalDate day = LocalDate.ofInstant(seen, board.definition().zone()).minusDays(daysBack);
        DayKey key = new DayKey(board.id(), ranking.key(), day, board.frozen(now) ? seen : null);
        return days.get(key, () -> newest(key, seen))
                .chain(found -> found.isEmpty()
                        ? Uni.createFrom().item(PreviousPlaces.NONE)
                        : ranks(ranking, playerIds, found.get()))
                .ifNoItem()
                .after(PATIENCE)
                .recoverWithItem(PreviousPlaces.NONE)
                // The movement is not part of the rank: without it the ranking is still correct.
                .onFailure(LaurelException.class)
                .recoverWithItem(PreviousPlaces.NONE);
    }

    private Uni<Optional<Day>> newest(DayKey key, Instant seen) {
        return pulse.whileAlive(sql.run(NEWEST, key.board(), key.window(), key.day(), seen.atOffset(ZoneOffset.UTC)))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(Day.of(rows.iterator().next())));
    }

    private Uni<PreviousPlaces> ranks(RankingRef ranking, Collection<String> playerIds, Day day) {
        if (playerIds.isEmpty()) {
            return Uni.createFrom().item(new PreviousPlaces(Map.of(), day.takenAt()));
        }
        boolean segment = ranking.segment() != null;
        List<String> asked = segment ? List.copyOf(ranking.segment().playerIds()) : List.copyOf(playerIds);
        Board board = ranking.board();
        boolean frozen = board.frozen(clock.instant());
        return pulse.whileAlive(sql.run(
                        frozen ? FROZEN : LIVE,
                        day.number(),
                        (short) ranking.metric(),
                        asked.toArray(String[]::new),
                        board.id(),
                        ranking.key(),
                        frozen ? board.freeze().number() : 0,
                        mode(ranking) == RankMode.DENSE))
                .map(DailyPositions::byPlayer)
                .map(all -> segment ? SegmentRanks.among(all, playerIds, mode(ranking)) : all)
                .map(ranks -> new PreviousPlaces(ranks, day.takenAt()));
    }

    private static RankMode mode(RankingRef ranking) {
        return ranking.board().definition().rankMode();
    }

    private static Map<String, Long> byPlayer(RowSet<Row> rows) {
        Map<String, Long> ranks = new HashMap<>();
        rows.forEach(row -> ranks.put(row.getString(0), row.getLong(1)));
        return ranks;
    }

    /** @param frozenAt null unless the public's view stands still */
    private record DayKey(int board, long window, LocalDate day, Instant frozenAt) {}

    /** A day whose positions are kept. */
    private record Day(long number, Instant takenAt) {
        static Day of(Row row) {
            return new Day(row.getLong(0), row.getOffsetDateTime(1).toInstant());
        }
    }
}
