package dev.laurel.ranking.group;

import dev.laurel.board.BoardDefinition;
import dev.laurel.cache.Computed;
import dev.laurel.group.GroupKey;
import dev.laurel.platform.async.OffLoop;
import dev.laurel.ranking.RankingQuery;
import dev.laurel.ranking.Rankings;
import dev.laurel.ranking.group.GroupFigures.Mover;
import dev.laurel.ranking.segment.SegmentReader;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.standings.rank.Ranked;
import dev.laurel.standings.rank.Ranks;
import dev.laurel.standings.rank.SegmentRanking;
import dev.laurel.standings.rank.Standing;
import dev.laurel.standings.read.StandingsReader;
import dev.laurel.standings.read.StandingsReader.Reading;
import dev.laurel.standings.window.RankingRef;
import dev.laurel.standings.window.WindowRef;
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
import java.util.stream.Collectors;

/**
 * Statistics of groups. They are cached until their members change, a member or a member's record changes, or something on
 * the board is corrected, by whichever process: PostgreSQL returns a mark of all that with each request ({@link GroupMarks}). They are computed in PostgreSQL as well: Redis may be behind the mark for a moment, and that would be cached.
 */
@ApplicationScoped
public class GroupStatistics {
    private static final int MAX_MOVERS = 5;

    private static final List<Integer> QUARTILES = List.of(2_500, 5_000, 7_500);

    private final Rankings rankings;
    private final SegmentReader segments;
    private final StandingsReader reader;
    private final GroupMarks marks;
    private final Clock clock;
    private final StatisticsCache cache;

    GroupStatistics(
            Rankings rankings,
            SegmentReader segments,
            StandingsReader reader,
            GroupMarks marks,
            Clock clock,
            StatisticsCache cache) {
        this.rankings = rankings;
        this.segments = segments;
        this.reader = reader;
        this.marks = marks;
        this.clock = clock;
        this.cache = cache;
    }

    /** The statistics of a group in a window; fails with {@link NotFound} when there is no such group. */
    public Uni<Computed<GroupFigures>> of(GroupKey group, RankingQuery query) {
        return rankings.of(query)
                .invoke(EarnedPoints::requireCounted)
                .chain(ranking -> segments.withinGroup(ranking, group))
                .chain(ranking -> marks.of(ranking, group)
                        .chain(mark -> cache.get(
                                group, ranking, mark, () -> compute(new Asked(group, ranking, query.window())))));
    }

    private Uni<GroupFigures> compute(Asked asked) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return standings(asked).chain(reading -> before(asked)
                .chain(previous ->
                        OffLoop.ifLarge(reading.value().size(), () -> figures(asked.ranking, reading, previous, now))));
    }

    /** The standings of the members, or what was earned for the group, as PostgreSQL has them. */
    private Uni<Reading<List<Standing>>> standings(Asked asked) {
        RankingRef whole = asked.ranking.within(null);
        List<String> players = asked.ranking.segment().playerIds();
        return reader.readStored(
                whole,
                asked.windowId,
                (source, now) -> EarnedPoints.stay(now)
                        ? EarnedPoints.of(asked.group, now, EarnedPoints.freeze(now, clock.instant()))
                                .ask(source, now)
                        : source.standings(now, players));
    }

    /** The ranks within the group in the previous window, by player. */
    private Uni<Map<String, Long>> before(Asked asked) {
        return asked.ranking.window().window().start() == null
                ? Uni.createFrom().item(Map.of())
                : reader.before(asked.ranking.window())
                        .chain(before -> before == null
                                ? Uni.createFrom().item(List.<Ranked>of())
                                : standings(asked.in(before))
                                        .chain(reading ->
                                                OffLoop.ifLarge(reading.value().size(), () -> ranked(reading))))
                        .map(ranked -> ranked.stream()
                                .collect(Collectors.toMap(one -> one.standing().playerId(), Ranked::rank)));
    }

    private static List<Ranked> ranked(Reading<List<Standing>> reading) {
        BoardDefinition definition = reading.ranking().board().definition();
        SegmentRanking ranking = new SegmentRanking(reading.source(), definition, reading.value());
        return Ranks.of(definition.rankMode(), ranking.all());
    }

    private static GroupFigures figures(
            RankingRef asked, Reading<List<Standing>> reading, Map<String, Long> previous, Instant now) {
        RankingRef ranking = reading.ranking();
        List<Ranked> ranked = ranked(reading);
        int active = ranked.size();
        BigDecimal total = ranked.stream()
                .map(one -> BigDecimal.valueOf(one.standing().score()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return new GroupFigures(
                ranking,
                reading.source(),
                now,
                asked.segment().playerIds().size(),
                active,
                total,
                active == 0 ? null : total.divide(BigDecimal.valueOf(active), MathContext.DECIMAL128),
                active == 0
                        ? List.of()
                        : QUARTILES.stream()
                                .map(share -> ranked.get(SegmentRanking.position(share, active)))
                                .map(one -> one.standing().score())
                                .toList(),
                movers(ranked, previous));
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

    /** A group's ranking that is asked for, by the name of its window. */
    private record Asked(GroupKey group, RankingRef ranking, String windowId) {
        Asked in(WindowRef window) {
            return new Asked(group, ranking.in(window), window.id());
        }
    }
}
