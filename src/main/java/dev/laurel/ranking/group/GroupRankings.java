package dev.laurel.ranking.group;

import dev.laurel.board.Board;
import dev.laurel.board.BoardDefinition;
import dev.laurel.cache.NearCache;
import dev.laurel.cache.registry.CacheKey;
import dev.laurel.cache.registry.CacheKind;
import dev.laurel.cache.registry.Caches;
import dev.laurel.cache.registry.KeyAddress;
import dev.laurel.group.GroupConfig;
import dev.laurel.ranking.RankingQuery;
import dev.laurel.ranking.Rankings;
import dev.laurel.standings.rank.RankingSource;
import dev.laurel.standings.rank.Ranks;
import dev.laurel.standings.rank.Standing;
import dev.laurel.standings.read.SqlQuestion;
import dev.laurel.standings.read.StandingsReader;
import dev.laurel.standings.read.StandingsReader.Question;
import dev.laurel.standings.read.StandingsReader.Reading;
import dev.laurel.standings.window.ChangeStamps;
import dev.laurel.standings.window.RankingRef;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Ranks groups by what their members have scored: one statement over the standings of a window and the memberships of
 * the same moment. Points move with the players, so those of a player count for each group that the player belongs to now,
 * unless the board lets them stay where they were earned ({@link EarnedPoints}).
 */
@Startup
@ApplicationScoped
public class GroupRankings {
    private static final int MAX_CACHED = 1_000;

    /**
     * {1} tenant, {2} kind, {3} how many of the best members count, {4} whether the mean is asked for, {5} direction of
     * time in a tie, {6} ranked members needed, {7} offset, {8} limit. Twelve decimals tell any two means of 10,000
     * members apart.
     */
    private static final String STATEMENT = """
            , rolled AS (
                SELECT group_number, count(*) AS ranked,
                    (sum(sort) FILTER (WHERE place <= {3}::bigint))::numeric(40, 12)
                        / CASE WHEN {4}::boolean THEN count(*) ELSE 1 END AS sort,
                    max(at) FILTER (WHERE place <= {3}::bigint) AS at,
                    array_agg(player_id ORDER BY place) FILTER (WHERE place <= 3) AS best_players,
                    array_agg(sort ORDER BY place) FILTER (WHERE place <= 3) AS best_sorts,
                    array_agg(at ORDER BY place) FILTER (WHERE place <= 3) AS best_ats
                FROM placed GROUP BY group_number HAVING count(*) >= {6}::bigint
            ), ranking AS (
                SELECT r.*, g.id, g.title,
                    row_number() OVER (ORDER BY r.sort, r.at * {5}::bigint, g.id) - 1 AS n,
                    rank() OVER (ORDER BY r.sort) - 1 AS better,
                    dense_rank() OVER (ORDER BY r.sort) - 1 AS distinct_better
                FROM rolled r JOIN player_group g ON g.number = r.group_number
            ), page AS (SELECT * FROM ranking ORDER BY n OFFSET {7}::bigint LIMIT {8}::bigint
            ), answer AS (
                SELECT page.n, page.id, page.title, page.sort, page.better, page.distinct_better, page.ranked, page.at,
                    page.best_players, page.best_sorts, page.best_ats,
                    (SELECT count(*) FROM membership c
                     WHERE c.group_number = page.group_number AND c.left_at IS NULL) AS members,
                    (SELECT count(*) FROM ranking) AS total
                FROM (VALUES (1)) AS always(one) LEFT JOIN page ON true)""";

    private static final String MOVING = """
            , placed AS (
                SELECT m.group_number, l.player_id, l.sort, l.at,
                    row_number() OVER (PARTITION BY m.group_number ORDER BY l.sort, l.tie, l.player_id) AS place
                FROM player_group g
                JOIN membership m ON m.group_number = g.number AND m.left_at IS NULL
                JOIN live l ON l.player_id = m.player_id
                WHERE g.tenant_id = {1}::smallint AND g.kind = {2}::text
            )
            """ + STATEMENT;

    /** As {@link EarnedPoints#OF_KIND}; {14} is the direction of the sort key. */
    private static final String STAYING = EarnedPoints.OF_KIND + """
            , placed AS (
                SELECT e.group_number, e.player_id, e.score * {14}::bigint AS sort, e.reached_at AS at,
                    row_number() OVER (PARTITION BY e.group_number
                        ORDER BY e.score * {14}::bigint, e.reached_at * {5}::bigint, e.player_id) AS place
                FROM earned e JOIN live l ON l.player_id = e.player_id
            )
            """ + STATEMENT;

    /** Of a page of ten groups. */
    private static final int PAGE_BYTES = 6_000;

    private final Rankings rankings;
    private final StandingsReader reader;
    private final ChangeStamps stamps;
    private final Clock clock;
    private final NearCache<Key, GroupRankingPage> cache;
    private final NearCache<Key, GroupRankingPage> earned;

    GroupRankings(
            Rankings rankings,
            StandingsReader reader,
            ChangeStamps stamps,
            GroupConfig config,
            Clock clock,
            Caches caches) {
        this.rankings = rankings;
        this.reader = reader;
        this.stamps = stamps;
        this.clock = clock;
        this.cache = new NearCache<>(
                CacheKind.of("group-rankings", config.rankingsFor(), PAGE_BYTES).addressed(), MAX_CACHED, caches);
        this.earned = new NearCache<>(
                CacheKind.of("earned-group-rankings", config.earnedRankingsFor(), PAGE_BYTES)
                        .addressed(),
                MAX_CACHED,
                caches);
    }

    /**
     * A page of the groups of a kind, best first; computed about a second ago at most, or five seconds where points stay with
     * groups.
     */
    public Uni<GroupRankingPage> page(RankingQuery of, GroupRankingQuery query) {
        return rankings.of(of)
                .invoke(EarnedPoints::requireCounted)
                .chain(ranking -> (EarnedPoints.stay(ranking) ? earned : cache)
                        .get(
                                new Key(ranking, freeze(ranking), stamps.ofAll(), query),
                                () -> compute(ranking, of.window(), query)));
    }

    private int freeze(RankingRef ranking) {
        return EarnedPoints.freeze(ranking, clock.instant());
    }

    private Uni<GroupRankingPage> compute(RankingRef ranking, String windowId, GroupRankingQuery query) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return reader.read(ranking, windowId, question(query)).map(reading -> page(reading, now));
    }

    /** The window may be another generation by the time that the question is put. */
    private Question<Found> question(GroupRankingQuery query) {
        return new Question<>() {
            @Override
            public Uni<Found> ask(RankingSource source, RankingRef now) {
                return new SqlQuestion<Found>(
                                EarnedPoints.stay(now) ? STAYING : MOVING,
                                arguments(now, query),
                                rows -> found(now, rows),
                                new Found(0, List.of()))
                        .ask(source, now);
            }

            @Override
            public boolean needsSql() {
                return true;
            }
        };
    }

    private List<Object> arguments(RankingRef ranking, GroupRankingQuery query) {
        BoardDefinition definition = ranking.board().definition();
        List<Object> own = new ArrayList<>(List.of(
                ranking.board().tenant().id(),
                query.kind(),
                (long) query.counted(),
                query.rollup() == Rollup.AVERAGE,
                definition.tieBreak().factor(),
                (long) query.minMembers(),
                query.page().offset(),
                (long) query.page().limit()));
        if (EarnedPoints.stay(ranking)) {
            own.addAll(EarnedPoints.window(ranking, freeze(ranking)));
            own.add(definition.order().sortKey(1));
        }
        return own;
    }

    private static GroupRankingPage page(Reading<Found> reading, Instant now) {
        return new GroupRankingPage(
                reading.ranking(),
                reading.source(),
                now,
                reading.value().total(),
                reading.value().entries());
    }

    private static Found found(RankingRef ranking, RowSet<Row> rows) {
        List<GroupRankingPage.Entry> entries = new ArrayList<>(rows.size());
        for (Row row : rows) {
            if (row.getLong(1) != null) {
                entries.add(entry(ranking.board().definition(), row));
            }
        }
        return new Found(rows.iterator().next().getLong(13), entries);
    }

    private static GroupRankingPage.Entry entry(BoardDefinition definition, Row row) {
        BigDecimal sort = row.getBigDecimal(4);
        return new GroupRankingPage.Entry(
                Ranks.at(definition.rankMode(), row.getLong(1), row.getLong(5), row.getLong(6)),
                row.getString(2),
                row.getString(3),
                definition.order().sortKey(1) < 0 ? sort.negate() : sort,
                row.getLong(12),
                row.getLong(7),
                row.getLong(8),
                best(definition, row.getArrayOfStrings(9), row.getArrayOfLongs(10), row.getArrayOfLongs(11)));
    }

    private static List<Standing> best(BoardDefinition definition, String[] players, Long[] sorts, Long[] ats) {
        List<Standing> best = new ArrayList<>(players.length);
        for (int i = 0; i < players.length; i++) {
            best.add(new Standing(players[i], definition.order().score(sorts[i]), ats[i]));
        }
        return best;
    }

    /** Forgets all rankings so that they are computed again. */
    public void clear() {
        cache.clear();
        earned.clear();
    }

    private record Found(long total, List<GroupRankingPage.Entry> entries) {}

    /** @param stamp grows when everything has changed at once */
    private record Key(RankingRef ranking, int freeze, long stamp, GroupRankingQuery query) implements CacheKey {
        @Override
        public KeyAddress address() {
            Board board = ranking.board();
            return KeyAddress.of(
                    board.tenant(),
                    "group",
                    query.kind(),
                    board.name(),
                    "ranking",
                    ranking.window().id());
        }
    }
}
