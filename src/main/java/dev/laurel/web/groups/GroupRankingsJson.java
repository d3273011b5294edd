package dev.laurel.web.groups;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.laurel.ranking.group.GroupFigures;
import dev.laurel.ranking.group.GroupRankingPage;
import dev.laurel.ranking.group.GroupRankingQuery;
import dev.laurel.ranking.group.Rollup;
import dev.laurel.shared.Period;
import dev.laurel.shared.Score;
import dev.laurel.standings.rank.Source;
import dev.laurel.standings.rank.Standing;
import dev.laurel.standings.window.RankingRef;
import dev.laurel.web.PageJson.Pagination;
import dev.laurel.web.WindowJson;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;

/** The JSON forms of what groups have scored. */
final class GroupRankingsJson {
    /** Decimals of a mean. */
    private static final int MEAN_DECIMALS = 6;

    private GroupRankingsJson() {}

    private static String metricOf(RankingRef ranking) {
        return ranking.board().definition().metrics().get(ranking.metric());
    }

    /** A number of units, which may be a fraction, as it is displayed. */
    private static BigDecimal number(BigDecimal units, RankingRef ranking) {
        int decimals = ranking.board().definition().decimals();
        BigDecimal number =
                units.movePointLeft(decimals).setScale(Math.max(decimals, MEAN_DECIMALS), RoundingMode.HALF_UP);
        BigDecimal plain = number.stripTrailingZeros();
        return plain.scale() < decimals ? plain.setScale(decimals) : plain;
    }

    private static Number number(long units, RankingRef ranking) {
        return Score.toNumber(units, ranking.board().definition().decimals());
    }

    /** A page of a ranking of groups. */
    @Schema(name = "GroupRanking")
    record Page(
            String board,
            Period period,
            WindowJson window,
            String metric,
            String kind,
            Rollup rollup,

            @Schema(description = "How many of the best members count; missing when all do")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            Integer k,

            @Schema(description = "When the ranking was computed")
            Instant asOf,

            Source source,
            List<Entry> entries,
            Pagination pagination) {
        static Page of(GroupRankingPage found, GroupRankingQuery query) {
            RankingRef ranking = found.ranking();
            int limit = query.page().limit();
            return new Page(
                    ranking.board().name(),
                    ranking.period(),
                    WindowJson.of(ranking.window()),
                    metricOf(ranking),
                    query.kind(),
                    query.rollup(),
                    query.rollup() == Rollup.BEST_K ? query.counted() : null,
                    found.asOf(),
                    found.source(),
                    found.entries().stream().map(one -> Entry.of(one, ranking)).toList(),
                    new Pagination(query.page().page(), limit, found.total(), (found.total() + limit - 1) / limit));
        }
    }

    /** A group in a ranking. */
    @Schema(name = "GroupRankingEntry")
    record Entry(
            long rank,

            @Schema(description = "Id of the group") String group,

            String title,

            @Schema(description = "Of the group; a mean is rounded to six decimals at least")
            Number score,

            @Schema(description = "When the last of the members that count reached the score")
            Instant achievedAt,

            @Schema(description = "Members of the group") long members,

            @Schema(description = "Members with a rank in the window")
            long active,

            @Schema(description = "The best members, at most three")
            List<BestMember> best) {
        static Entry of(GroupRankingPage.Entry found, RankingRef ranking) {
            return new Entry(
                    found.rank(),
                    found.id(),
                    found.title(),
                    number(found.score(), ranking),
                    Instant.ofEpochMilli(found.reachedAt()),
                    found.members(),
                    found.ranked(),
                    found.best().stream()
                            .map(one -> BestMember.of(one, ranking))
                            .toList());
        }
    }

    /** One of the best members of a group. */
    @Schema(name = "BestMember")
    record BestMember(String playerId, Number score, Instant achievedAt) {
        static BestMember of(Standing standing, RankingRef ranking) {
            return new BestMember(
                    standing.playerId(), number(standing.score(), ranking), Instant.ofEpochMilli(standing.reachedAt()));
        }
    }

    /** The statistics of a group. */
    @Schema(name = "GroupStatistics")
    record Statistics(
            String kind,
            String group,
            String board,
            Period period,
            WindowJson window,
            String metric,

            @Schema(description = "When the statistics were computed; they are still correct")
            Instant asOf,

            Source source,

            @Schema(description = "Members of the group") long members,

            @Schema(description = "Members with a rank in the window")
            long active,

            @Schema(description = "Sum of their scores") Number total,

            @Schema(description = "Mean of their scores, rounded to six decimals at least; missing if nobody is active")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            Number mean,

            @Schema(description = "The score at 25 percent, as percentiles of rankings; missing if nobody is active")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            Number lowerQuartile,

            @Schema(description = "The score at 50 percent; missing if nobody is active")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            Number median,

            @Schema(description = "The score at 75 percent; missing if nobody is active")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            Number upperQuartile,

            @Schema(
                    description =
                            "Members who have gained most places within the group since the period's previous window, at "
                                    + "most five")
            List<MoverJson> topMovers) {
        static Statistics of(GroupFigures found, String kind, String group) {
            RankingRef ranking = found.ranking();
            List<Number> quartiles =
                    found.quartiles().stream().map(one -> number(one, ranking)).toList();
            boolean any = !quartiles.isEmpty();
            return new Statistics(
                    kind,
                    group,
                    ranking.board().name(),
                    ranking.period(),
                    WindowJson.of(ranking.window()),
                    metricOf(ranking),
                    found.asOf(),
                    found.source(),
                    found.members(),
                    found.active(),
                    number(found.total(), ranking),
                    found.mean() == null ? null : number(found.mean(), ranking),
                    any ? quartiles.get(0) : null,
                    any ? quartiles.get(1) : null,
                    any ? quartiles.get(2) : null,
                    found.movers().stream()
                            .map(one -> MoverJson.of(one, ranking))
                            .toList());
        }
    }

    /** A member who has gained places within the group. */
    @Schema(name = "GroupMover")
    record MoverJson(
            String playerId,

            @Schema(description = "Within the group") long rank,

            @Schema(description = "Places gained") long change,

            Number score) {
        static MoverJson of(GroupFigures.Mover mover, RankingRef ranking) {
            return new MoverJson(
                    mover.ranked().standing().playerId(),
                    mover.ranked().rank(),
                    mover.gained(),
                    number(mover.ranked().standing().score(), ranking));
        }
    }
}
