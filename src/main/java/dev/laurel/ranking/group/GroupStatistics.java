package dev.laurel.ranking.group;

import dev.laurel.group.GroupKey;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.ranking.PreviousRanks;
import dev.laurel.ranking.RankingQuery;
import dev.laurel.ranking.Rankings;
import dev.laurel.ranking.SegmentReader;
import dev.laurel.ranking.group.GroupFigures.Mover;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.standings.rank.Placed;
import dev.laurel.standings.rank.Ranked;
import dev.laurel.standings.rank.RankingSlice;
import dev.laurel.standings.rank.RankingSource;
import dev.laurel.standings.rank.Ranks;
import dev.laurel.standings.rank.Selection;
import dev.laurel.standings.read.StandingsReader.Reading;
import dev.laurel.standings.window.WindowRef;
import dev.laurel.standings.write.CorrectionNumbers;
import io.quarkus.cache.Cache;
import io.quarkus.cache.CacheName;
import io.quarkus.cache.CaffeineCache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Statistics of groups. They are cached until their members change, a member scores, or something on the board is
 * corrected, by whichever process: PostgreSQL returns a mark of all that with each request, by the index of the members'
 * standings.
 */
@ApplicationScoped
public class GroupStatistics {
    private static final int MAX_MOVERS = 5;

    private static final List<Integer> QUARTILES = List.of(2_500, 5_000, 7_500);

    /** The version of a standing grows with every event of the player on the board. */
    private static final String VERSIONS = """
            SELECT coalesce(sum(version), 0)::bigint FROM standing WHERE board_id = $1 AND player_id = ANY ($2::text[])""";

    private final Rankings rankings;
    private final SegmentReader reader;
    private final PreviousRanks previousRanks;
    private final CorrectionNumbers corrections;
    private final Sql sql;
    private final Clock clock;
    private final CaffeineCache cache;

    GroupStatistics(
            Rankings rankings,
            SegmentReader reader,
            PreviousRanks previousRanks,
            CorrectionNumbers corrections,
            Sql sql,
            Clock clock,
            @CacheName("group-statistics") Cache cache) {
        this.rankings = rankings;
        this.reader = reader;
        this.previousRanks = previousRanks;
        this.corrections = corrections;
        this.sql = sql;
        this.clock = clock;
        this.cache = cache.as(CaffeineCache.class);
    }

    /** The statistics of a group in a window; fails with {@link NotFound} when there is no such group. */
    public Uni<GroupFigures> of(GroupKey group, RankingQuery query) {
        return rankings.window(query)
                .chain(window -> reader.withinGroup(window, group))
                .chain(window -> mark(window)
                        .chain(mark -> cache.getAsync(
                                new Key(window, mark), absent -> compute(window, query.window()))));
    }

    /** While a snapshot is shown, nothing that happens may show, not even by when the statistics were computed. */
    private Uni<Mark> mark(WindowRef window) {
        if (window.board().frozen(clock.instant())) {
            return Uni.createFrom().item(new Mark(window.board().freeze().number(), 0, 0));
        }
        String[] players = window.segment().playerIds().toArray(String[]::new);
        return sql.run(VERSIONS, window.board().id(), players)
                .map(rows -> rows.iterator().next().getLong(0))
                .chain(versions ->
                        corrections.of(window.board()).map(correction -> new Mark(0, versions, correction)));
    }

    private Uni<GroupFigures> compute(WindowRef window, String windowId) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return reader.read(window, windowId, GroupStatistics::all)
                .chain(reading -> previousRanks
                        .of(reading.window(), players(reading.value().slice()))
                        .map(previous -> figures(reading, previous, now)));
    }

    private static Uni<All> all(RankingSource source, WindowRef window) {
        return source.page(window, 0, Integer.MAX_VALUE)
                .chain(slice -> source.quantiles(window, QUARTILES).map(quartiles -> new All(slice, quartiles)));
    }

    private static List<String> players(RankingSlice slice) {
        return slice.standings().stream().map(one -> one.playerId()).toList();
    }

    private static GroupFigures figures(Reading<All> reading, Map<String, Long> previous, Instant now) {
        WindowRef window = reading.window();
        RankingSlice slice = reading.value().slice();
        BigDecimal total = slice.standings().stream()
                .map(one -> BigDecimal.valueOf(one.score()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return new GroupFigures(
                window,
                reading.source(),
                now,
                window.segment().playerIds().size(),
                slice.total(),
                total,
                slice.total() == 0 ? null : total.divide(BigDecimal.valueOf(slice.total()), MathContext.DECIMAL128),
                reading.value().quartiles().placed().stream()
                        .map(Placed::standing)
                        .map(one -> one.score())
                        .toList(),
                movers(Ranks.of(window.board().definition().rankMode(), slice), previous));
    }

    private static List<Mover> movers(List<Ranked> ranked, Map<String, Long> previous) {
        return ranked.stream()
                .filter(one -> previous.containsKey(one.standing().playerId()))
                .map(one -> new Mover(one, previous.get(one.standing().playerId()) - one.rank()))
                .filter(mover -> mover.gained() > 0)
                .sorted(Comparator.comparingLong(Mover::gained).reversed())
                .limit(MAX_MOVERS)
                .toList();
    }

    private record All(RankingSlice slice, Selection quartiles) {}

    /** Another one for each state of what the statistics are computed from, beyond window and members. */
    private record Mark(int freeze, long versions, long correction) {}

    private record Key(WindowRef window, Mark mark) {}
}
