package dev.laurel.web.rankings;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.laurel.ranking.PlayerRank;
import dev.laurel.ranking.RankingPage;
import dev.laurel.ranking.ScoreRangePage;
import dev.laurel.shared.Period;
import dev.laurel.shared.Score;
import dev.laurel.standings.rank.Ranked;
import dev.laurel.standings.rank.Source;
import dev.laurel.standings.window.RankingRef;
import dev.laurel.web.WindowJson;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The JSON forms of rankings. */
final class RankingJson {
    private RankingJson() {}

    static String metricOf(RankingRef ranking) {
        return ranking.board().definition().metrics().get(ranking.metric());
    }

    /** The name of the segment; null for the whole board. */
    static String segmentOf(RankingRef ranking) {
        return ranking.segment() == null ? null : ranking.segment().name();
    }

    /** A slice of a ranking. */
    @Schema(name = "Ranking")
    record Page(
            String board,
            Period period,
            WindowJson window,
            @Schema(description = "The metric ranked by") String metric,

            @Schema(description = "The segment whose players are ranked among each other; missing for the whole board")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            String segment,

            @Schema(description = "Players in the window, or of the segment in it")
            long total,

            @Schema(description = "Players whose scores lie within the requested bounds")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            Long matching,

            @Schema(description = "When the ranking was read")
            Instant asOf,

            Source source,
            List<Entry> entries,

            @Schema(description = "Cursor of the next page; missing at the end")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            String next) {
        static Page of(RankingPage page, Map<String, Long> previousRanks, Instant asOf) {
            RankingRef ranking = page.ranking();
            return new Page(
                    ranking.board().name(),
                    ranking.period(),
                    WindowJson.of(ranking.window()),
                    metricOf(ranking),
                    segmentOf(ranking),
                    page.total(),
                    null,
                    asOf,
                    page.source(),
                    Entry.all(page.entries(), ranking, previousRanks),
                    page.next());
        }

        static Page of(ScoreRangePage page, Map<String, Long> previousRanks, Instant asOf) {
            RankingRef ranking = page.ranking();
            return new Page(
                    ranking.board().name(),
                    ranking.period(),
                    WindowJson.of(ranking.window()),
                    metricOf(ranking),
                    segmentOf(ranking),
                    page.total(),
                    page.matching(),
                    asOf,
                    page.source(),
                    Entry.all(page.entries(), ranking, previousRanks),
                    null);
        }
    }

    /** A player in a ranking. */
    @Schema(name = "RankingEntry")
    record Entry(
            long rank,
            String playerId,
            Number score,
            Instant achievedAt,

            @Schema(description = "Places gained since the period's previous window; missing without a rank there")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            Long change) {
        /** @param previousRank in the previous window, or null */
        static Entry of(Ranked ranked, RankingRef ranking, Long previousRank) {
            return new Entry(
                    ranked.rank(),
                    ranked.standing().playerId(),
                    Score.toNumber(
                            ranked.standing().score(),
                            ranking.board().definition().decimals()),
                    Instant.ofEpochMilli(ranked.standing().reachedAt()),
                    previousRank == null ? null : previousRank - ranked.rank());
        }

        static List<Entry> all(List<Ranked> ranked, RankingRef ranking, Map<String, Long> previousRanks) {
            return ranked.stream()
                    .map(one ->
                            of(one, ranking, previousRanks.get(one.standing().playerId())))
                    .toList();
        }
    }

    /** A player's place. */
    @JsonPropertyOrder({"ranked", "rank", "playerId", "score", "achievedAt", "change", "percentile", "total"})
    @Schema(name = "PlayerRank")
    record Player(
            boolean ranked,
            @JsonInclude(JsonInclude.Include.NON_NULL) Long rank,
            String playerId,
            @JsonInclude(JsonInclude.Include.NON_NULL) Number score,
            @JsonInclude(JsonInclude.Include.NON_NULL) Instant achievedAt,

            @Schema(description = "Places gained since the period's previous window; missing without a rank there")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            Long change,

            @Schema(description = "Percentage of players this one beats, plus half of those equal, in [0, 100]")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            Double percentile,

            long total,

            @Schema(description = "The neighbour ahead; missing for the first")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            Neighbour ahead,

            @Schema(description = "The neighbour after; missing for the last")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            Neighbour behind,

            String board,
            Period period,
            WindowJson window,

            @Schema(description = "The segment whose players are ranked among each other; missing for the whole board")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            String segment,

            Source source) {
        static Player of(PlayerRank found, String playerId, Map<String, Long> previousRanks) {
            RankingRef ranking = found.ranking();
            Entry own = found.ranked() ? Entry.of(found.own(), ranking, previousRanks.get(playerId)) : null;
            return new Player(
                    found.ranked(),
                    own == null ? null : own.rank(),
                    playerId,
                    own == null ? null : own.score(),
                    own == null ? null : own.achievedAt(),
                    own == null ? null : own.change(),
                    found.percentile(),
                    found.total(),
                    own == null ? null : Neighbour.of(found.ahead(), found),
                    own == null ? null : Neighbour.of(found.behind(), found),
                    ranking.board().name(),
                    ranking.period(),
                    WindowJson.of(ranking.window()),
                    segmentOf(ranking),
                    found.source());
        }
    }

    /** The player next to another one. */
    @Schema(name = "Neighbour")
    record Neighbour(
            long rank,
            String playerId,
            Number score,

            @Schema(description = "Difference of the two scores, never negative")
            Number gap) {
        static Neighbour of(Ranked neighbour, PlayerRank of) {
            if (neighbour == null) {
                return null;
            }
            int decimals = of.ranking().board().definition().decimals();
            long gap =
                    Math.abs(neighbour.standing().score() - of.own().standing().score());
            return new Neighbour(
                    neighbour.rank(),
                    neighbour.standing().playerId(),
                    Score.toNumber(neighbour.standing().score(), decimals),
                    Score.toNumber(gap, decimals));
        }
    }

    /** A player and the neighbours. */
    @Schema(name = "Neighbours")
    record Neighbours(
            boolean ranked,
            @JsonInclude(JsonInclude.Include.NON_NULL) Long rank,
            String playerId,
            long total,
            String board,
            Period period,
            WindowJson window,

            @Schema(description = "The segment whose players are ranked among each other; missing for the whole board")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            String segment,

            Source source,
            List<Entry> entries) {
        static Neighbours of(PlayerRank found, String playerId, Map<String, Long> previousRanks) {
            RankingRef ranking = found.ranking();
            return new Neighbours(
                    found.ranked(),
                    found.ranked() ? found.own().rank() : null,
                    playerId,
                    found.total(),
                    ranking.board().name(),
                    ranking.period(),
                    WindowJson.of(ranking.window()),
                    segmentOf(ranking),
                    found.source(),
                    Entry.all(found.around(), ranking, previousRanks));
        }
    }
}
